import process from 'node:process'
import { Refusal, StartError } from './core/errors.ts'
import { UnusableDatabase } from './db/errors.ts'
import { runCommand } from './run-command.ts'

function isExpected(error: unknown): error is Error {
  return [Refusal, StartError, UnusableDatabase].some((kind) => error instanceof kind)
}

async function main(): Promise<void> {
  process.stdout.write(await runCommand(process.argv.slice(2), process.env))
}

main().catch((error: unknown) => {
  if (!isExpected(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})

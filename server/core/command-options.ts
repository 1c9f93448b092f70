import { parseArgs, type ParseArgsConfig } from 'node:util'
import { StartError } from './errors.ts'

/** The options of a command; a `StartError` says what is wrong, and how it is written. */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(`${reason}\n\n${usage}`, { cause })
  }
}

import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Stop } from './stop.mjs'

const EVERY_SECONDS = 10
const LAST_LINES = 25

/**
 * @typedef {object} Step
 * @property {string} says what is being done: "Installing packages"
 * @property {string} command
 * @property {string[]} args
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] in addition to ours
 */

/**
 * Runs a program that takes long and talks much: on the screen only what it is doing and for how long.
 * @param {Step} step
 * @returns {Promise<{ ok: boolean, log: string, text: () => string }>} `log` is the file with its output, kept where it failed
 */
export async function watched({ says, command, args, cwd, env }) {
  const log = join(mkdtempSync(join(tmpdir(), 'granplaza-log-')), 'output.log')
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  console.log(`${says} …`)
  const progress = setInterval(() => console.log(`${says} … ${seconds()} s`), EVERY_SECONDS * 1000)
  const code = await run({ command, args, cwd, env, log })
  clearInterval(progress)
  if (code === 0) {
    console.log(`${says}: done in ${seconds()} s`)
    rmSync(dirname(log), { recursive: true, force: true })
  }
  return { ok: code === 0, log, text: () => readFileSync(log, 'utf8') }
}

/**
 * The failure of a step as one sentence, after the end of what it said.
 * @param {string} sentence
 * @param {{ log: string, text: () => string }} step
 */
export function failure(sentence, { log, text }) {
  const end = text().trimEnd().split('\n').slice(-LAST_LINES).join('\n')
  return new Stop(`${end}\n\n${sentence} The whole output: ${log}`)
}

/**
 * @param {{ command: string, args: string[], cwd: string | undefined, env: NodeJS.ProcessEnv | undefined, log: string }} program
 * @returns {Promise<number>}
 */
function run({ command, args, cwd, env, log }) {
  return new Promise((resolve) => {
    const output = createWriteStream(log)
    const done = (/** @type {number} */ code) => output.end(() => resolve(code))
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm is a .cmd file on Windows, which only a shell can start
      shell: process.platform === 'win32',
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
    })
    child.stdout.pipe(output, { end: false })
    child.stderr.pipe(output, { end: false })
    child.once('error', (error) => {
      output.write(`${error.message}\n`)
      done(127)
    })
    child.once('close', (code) => done(code ?? 1))
  })
}

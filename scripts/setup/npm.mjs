import { root } from '../root.mjs'
import { watched } from './watched.mjs'

/**
 * Runs npm in the project: the very npm that started us, where one did.
 * @param {string} says
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function npm(says, args, env = {}) {
  const ours = process.env.npm_execpath
  // npx and pnpm set the variable too, and are no npm
  const isNpm = ours !== undefined && ours.endsWith('npm-cli.js')
  const [command, first] = isNpm ? [process.execPath, [ours]] : ['npm', []]
  // npm start --silent would silence this one too, and with it the log
  const loud = [...first, ...args, '--loglevel=warn']
  return watched({ says, command, args: loud, cwd: root, env })
}

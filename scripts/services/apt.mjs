import { existsSync } from 'node:fs'
import { watched } from '../setup/watched.mjs'

/**
 * Installs Debian packages where we may; false where we may not, or where it failed.
 * @param {string} says
 * @param {string[]} packages
 */
export async function aptInstall(says, packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const command = 'apt-get'
  await watched({ says: 'Updating the package list', command, args: ['update', '-q'], env })
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages]
  return (await watched({ says, command, args, env })).ok
}

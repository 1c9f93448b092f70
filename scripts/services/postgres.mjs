// A throw-away PostgreSQL for tests and benches: found, started on a port of its own, removed at the end.
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/**
 * @typedef {object} Cluster
 * @property {string} url of a superuser, database `postgres`
 * @property {() => Promise<void>} stop ends the server and removes its folder
 */

/** @typedef {{ uid: number, gid: number } | {}} Owner */

const USER = 'granplaza'
const START_SECONDS = 60

/** Folders that distributions and Homebrew install to, outside of PATH. */
const USUAL = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', '/usr/local/pgsql']

/** The folder with `initdb` and `postgres`, the newest version first; undefined when there is none. */
export function findPostgres() {
  const versions = USUAL.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^(\d+|postgresql.*|bin)$/.test(name))
      .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((name) => (name === 'bin' ? join(folder, name) : join(folder, name, 'bin'))),
  )
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versions]
  return folders.find((folder) =>
    ['initdb', 'postgres'].every((it) => existsSync(join(folder, it))),
  )
}

/**
 * Starts a private cluster with the programs in `bin`. It ends with this process, however that dies.
 * `settings` are PostgreSQL's own, and win over ours, which trade durability of the tests' rows for speed.
 * @param {string} bin
 * @param {Record<string, string>} [settings]
 * @returns {Promise<Cluster>}
 */
export async function startCluster(bin, settings = {}) {
  const owner = unprivileged()
  const folder = mkdtempSync(join(tmpdir(), 'granplaza-postgres-'))
  const password = randomBytes(16).toString('hex')
  if ('uid' in owner) chownSync(folder, owner.uid, owner.gid)
  try {
    initialise(bin, folder, password, owner)
    const port = await freePort()
    const stop = await launch(bin, folder, owner, {
      fsync: 'off',
      max_connections: '200',
      ...settings,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(port),
    })
    return { url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`, stop }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/**
 * PostgreSQL refuses to run as root: then whoever may do least runs it.
 * @returns {Owner}
 */
function unprivileged() {
  if (process.getuid?.() !== 0) return {}
  const known = ['postgres', 'nobody'].find((name) => number('-u', name) !== undefined)
  if (known === undefined) throw new Error('PostgreSQL needs a user other than root')
  return { uid: number('-u', known) ?? 65_534, gid: number('-g', known) ?? 65_534 }
}

/**
 * @param {string} flag
 * @param {string} user
 */
function number(flag, user) {
  const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : undefined
}

/**
 * @param {string} bin
 * @param {string} folder
 * @param {string} password
 * @param {Owner} owner
 */
function initialise(bin, folder, password, owner) {
  const secret = join(folder, 'password')
  writeFileSync(secret, password, { mode: 0o600 })
  if ('uid' in owner) chownSync(secret, owner.uid, owner.gid)
  const args = ['-D', join(folder, 'cluster'), '-U', USER, '--pwfile', secret, '--no-sync']
  const made = spawnSync(
    join(bin, 'initdb'),
    [...args, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C'],
    {
      ...owner,
      cwd: folder,
      encoding: 'utf8',
    },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error}`)
}

/**
 * A shell holds the server and reads from us: when this process ends, even by SIGKILL, the shell reads the end of its
 * input, stops the server and removes the folder. Detached, so that Ctrl-C reaches only us, who end it in order.
 * @param {string} bin
 * @param {string} folder
 * @param {Owner} owner
 * @param {Record<string, string>} settings
 * @returns {Promise<() => Promise<void>>}
 */
function launch(bin, folder, owner, settings) {
  const held = '"$@" & server=$!; read -r _; kill -INT $server; wait $server; rm -rf "$0"'
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = [join(bin, 'postgres'), '-D', join(folder, 'cluster'), ...options]
  const shell = spawn('sh', ['-c', held, folder, ...server], {
    ...owner,
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  })
  const ended = new Promise((resolve) => shell.once('exit', resolve))
  const stop = async () => {
    shell.stdin.end()
    await ended
  }
  return new Promise((resolve, reject) => {
    let log = ''
    const late = setTimeout(() => fail('did not start in time'), START_SECONDS * 1000)
    const fail = (/** @type {string} */ why) => {
      clearTimeout(late)
      shell.stdin.end()
      reject(new Error(`PostgreSQL ${why}: ${log}`))
    }
    shell.once('error', (error) => fail(error.message))
    shell.stderr.setEncoding('utf8').on('data', (text) => {
      if (log.length < 10_000) log += text
      if (/FATAL|could not/.test(log)) fail('ended')
      if (!log.includes('ready to accept connections')) return
      clearTimeout(late)
      shell.stderr.removeAllListeners('data').resume()
      resolve(stop)
    })
  })
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0))
    })
  })
}

// npm test: everything the tests need, the tests, and the count of them as the last line.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../root.mjs'
import { aptInstall } from '../services/apt.mjs'
import { findOrInstallChromium } from '../services/chromium.mjs'
import { findPostgres, startCluster } from '../services/postgres.mjs'
import { findRedis } from '../services/redis.mjs'
import { ensureBuilt } from '../setup/built.mjs'
import { installPackages } from '../setup/install.mjs'
import { plainly } from '../setup/stop.mjs'
import { lastLine, tally } from './tally.mjs'

/**
 * `--long` runs the full numbers; every other argument is vitest's: `npm test -- test/sdk`.
 * @param {string[]} args
 */
export function runSuite(args) {
  return plainly(async () => {
    await installPackages()
    await ensureBuilt()
    const chromium = (await findOrInstallChromium()) ?? ''
    if (chromium === '')
      console.log('No Chromium could be had: the tests that need it are skipped.')
    const redis = await findOrInstallRedis()
    if (redis === '') console.log('No Redis could be had: the tests that need it are skipped.')
    const postgres = await startPostgres()
    if (postgres.url === '') {
      console.log('No PostgreSQL could be had: the tests that need it are skipped.')
    }
    try {
      const counts = await runVitest(
        args.filter((arg) => arg !== '--long'),
        {
          TEST_CHROMIUM: chromium,
          TEST_POSTGRES_URL: postgres.url,
          TEST_REDIS: redis,
          ...(args.includes('--long') ? { TEST_LONG: '1' } : {}),
        },
      )
      process.exitCode = counts.failed > 0 ? 1 : 0
      console.log(lastLine(counts))
    } finally {
      await postgres.stop()
    }
  })
}

/** A server that the caller names, or a private one; an empty address where there is none. */
async function startPostgres() {
  const none = { url: process.env.TEST_DATABASE_URL ?? '', stop: async () => {} }
  if (none.url !== '') return none
  const installed = findPostgres()
  const bin =
    installed ??
    ((await aptInstall('Installing PostgreSQL', ['postgresql'])) ? findPostgres() : undefined)
  if (bin === undefined) return none
  try {
    return await startCluster(bin)
  } catch (error) {
    console.log(`PostgreSQL was found but does not start: ${String(error)}`)
    return none
  }
}

/** The program; empty where there is none. */
async function findOrInstallRedis() {
  const found = findRedis()
  if (found !== undefined) return found
  const isInstalled = await aptInstall('Installing Redis', ['redis-server'])
  return (isInstalled ? findRedis() : undefined) ?? ''
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function runVitest(args, env) {
  const folder = mkdtempSync(join(tmpdir(), 'granplaza-report-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  const release = forwardSignals(child)
  /** @type {number} */
  const code = await new Promise((resolve) => child.once('close', (it) => resolve(it ?? 1)))
  release()
  const counts = tally(
    existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined,
    code,
  )
  rmSync(folder, { recursive: true, force: true })
  return counts
}

/**
 * Waiting for vitest to end is what stops PostgreSQL on Ctrl-C; a terminal has given it the signal already.
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  const onTerminate = () => child.kill('SIGTERM')
  const onInterrupt = () => process.stdin.isTTY || child.kill('SIGINT')
  process.on('SIGTERM', onTerminate).on('SIGINT', onInterrupt)
  return () => process.off('SIGTERM', onTerminate).off('SIGINT', onInterrupt)
}

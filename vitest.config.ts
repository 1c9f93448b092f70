import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// npm run test:long raises the counts inside the tests (TEST_LONG) and so their time here.
const patience = process.env.TEST_LONG === '1' ? 20 : 1
const SECOND = 1000
const MINUTE = 60 * SECOND

/** Finds or starts PostgreSQL and finds Chromium, once for all projects that name it. */
const globalSetup = 'test/support/global-setup.ts'

/** Reads the tree only: no database, no browser, so `npm run check` need not wait for either. */
const STATIC = ['test/imports.test.ts', 'test/lock.test.ts']

/**
 * Test files at once. They wait a third of their time, for disks, browsers and clocks, so that two cores are busy with
 * three; four are enough for the connections that PostgreSQL allows.
 */
const maxWorkers = Math.min(4, availableParallelism() + 1)

/** Which ends early where all is well; so it may be long where the machine is busy. */
const poll = { timeout: 10 * SECOND, interval: 20 }

/**
 * Files that a worker runs one after the other share what they import, a third of the time in all. So nothing may be
 * left in a global; the tag's tests, which live on a page's globals, have each their own.
 */
const isolate = false

// Groups run one after the other: what is wrong in a unit is known before the browsers start.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // What the build injects into the tag.
  define: { __GP_VERSION__: '"0.0.0-test"', __GP_INTEGRITY__: '"sha384-of-integrity"' },
  test: {
    maxWorkers,
    projects: [
      {
        extends: true,
        test: { name: 'static', include: STATIC },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          isolate,
          globalSetup,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...STATIC, 'test/{sdk,faults,e2e}/**'],
          expect: { poll },
          testTimeout: 40 * SECOND * patience,
          hookTimeout: 30 * SECOND,
        },
      },
      {
        extends: true,
        test: {
          name: 'sdk',
          include: ['test/sdk/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          expect: { poll },
          testTimeout: 20 * SECOND * patience,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          isolate,
          globalSetup,
          sequence: { groupOrder: 1 },
          include: ['test/faults/**/*.test.ts'],
          expect: { poll },
          testTimeout: 3 * MINUTE * patience,
          hookTimeout: MINUTE,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          isolate,
          globalSetup,
          sequence: { groupOrder: 1 },
          include: ['test/e2e/**/*.test.ts'],
          expect: { poll },
          testTimeout: MINUTE * patience,
          hookTimeout: MINUTE,
        },
      },
    ],
  },
})

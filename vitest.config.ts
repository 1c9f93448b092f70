import { defineConfig } from 'vitest/config'

// npm run test:long raises the counts inside the tests (TEST_LONG) and so their time here.
const patience = process.env.TEST_LONG === '1' ? 20 : 1
const SECOND = 1000
const MINUTE = 60 * SECOND

/** Finds or starts PostgreSQL and finds Chromium, once for all projects that name it. */
const globalSetup = 'test/support/global-setup.ts'

/** Reads the tree only: no database, no browser, so `npm run check` need not wait for either. */
const STATIC = ['test/imports.test.ts', 'test/lock.test.ts']

// Groups run one after the other: browsers and killed servers want the machine to themselves.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // What the build injects into the tag.
  define: { __GP_VERSION__: '"0.0.0-test"', __GP_INTEGRITY__: '"sha384-of-integrity"' },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'static', include: STATIC },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          globalSetup,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...STATIC, 'test/{sdk,faults,e2e}/**'],
          testTimeout: 20 * SECOND * patience,
          hookTimeout: 30 * SECOND,
        },
      },
      {
        extends: true,
        test: {
          name: 'sdk',
          include: ['test/sdk/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 10 * SECOND * patience,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          globalSetup,
          sequence: { groupOrder: 1 },
          include: ['test/faults/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 3 * MINUTE * patience,
          hookTimeout: MINUTE,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          globalSetup,
          sequence: { groupOrder: 2 },
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          // The tag gathers events for three seconds.
          expect: { poll: { timeout: 10 * SECOND, interval: 20 } },
          testTimeout: MINUTE * patience,
          hookTimeout: MINUTE,
        },
      },
    ],
  },
})

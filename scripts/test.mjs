import './node-version.cjs'

// Only now, because an old Node could not even parse the rest.
void import('./testing/suite.mjs').then((it) => it.runSuite(process.argv.slice(2)))

import './node-version.cjs'

// Only now, because an old Node could not even parse the rest.
void import('./setup/run-built.mjs').then((it) => it.runCommand())

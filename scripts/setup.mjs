// Installs what is not installed, and nothing else: for .ci/run, and whoever wants to check a fresh clone.
import './node-version.cjs'

void import('./setup/stop.mjs').then(({ plainly }) =>
  plainly(async () => {
    const { installPackages } = await import('./setup/install.mjs')
    await installPackages()
  }),
)

// Loaded before anything else, by every Node that ever was: keep the syntax of 2015 here.
var parts = process.versions.node.split('.')
var isOld = Number(parts[0]) < 20 || (Number(parts[0]) === 20 && Number(parts[1]) < 19)

if (isOld) {
  console.error(
    'Granplaza needs Node 20.19 or newer, and this is ' +
      process.version +
      ': install a current one from https://nodejs.org and run the command again.',
  )
  process.exit(1)
}

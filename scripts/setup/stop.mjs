/** The command can't go on, for a reason its message tells in one sentence: no stack trace helps whoever reads it. */
export class Stop extends Error {}

/**
 * Runs a command's main function; a Stop ends it with its sentence and exit code 1.
 * @param {() => Promise<void>} main
 */
export async function plainly(main) {
  try {
    await main()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

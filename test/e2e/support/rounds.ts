/** Plays rounds 1 to `count`, at most `abreast` at a time: most of a round is waiting. */
export async function rounds(
  count: number,
  abreast: number,
  play: (round: number) => Promise<void>,
): Promise<void> {
  let next = 1
  const lane = async (): Promise<void> => {
    while (next <= count) {
      const round = next
      next += 1
      await play(round)
    }
  }
  await Promise.all(Array.from({ length: abreast }, lane))
}

/**
 * Waits for all of them, and throws what the first to fail threw. On PostgreSQL their statements travel together and run
 * one after the other in this order, so that all cost one way there and back. Unlike `Promise.all`, nothing still runs on
 * the connection when this ends.
 */
export async function together<const Work extends readonly unknown[]>(
  work: Work,
): Promise<{ -readonly [Place in keyof Work]: Awaited<Work[Place]> }> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

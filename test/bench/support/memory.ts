/** What this process holds, once nothing is left that may go: of the heap and beside it, and as the system counts it. */
export function memoryOf(): string {
  for (let time = 0; time < 3; time += 1) globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return `${heapUsed + external} ${rss}`
}

/** Epoch ms. Handed to whatever needs the time, so that tests can run years in seconds. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()

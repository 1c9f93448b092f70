import { vi } from 'vitest'

/** The server's own of that length, by which it asks again what each socket may see, from now on until `restore`. */
export function heldIntervals(length: number) {
  const acts: (() => void)[] = []
  const real = globalThis.setInterval
  const spy = vi.spyOn(globalThis, 'setInterval').mockImplementation(((
    act: () => void,
    milliseconds?: number,
  ) => {
    if (milliseconds === length) acts.push(act)
    return real(act, milliseconds)
  }) as typeof setInterval)
  return { askAgain: () => acts.forEach((act) => act()), restore: () => spy.mockRestore() }
}

// The stub: this page may call `gp` before the tag is there, and calls it the same afterwards.
window.gp ??= Object.assign(
  (...call) =>
    new Promise((done) => {
      call.done = done
      window.gp.q.push(call)
    }),
  { q: [] },
)

/** `gp('track', …)`, `gp('cart', …)`: whichever stands there at the time, stub or tag. */
export const gp = (...call) => window.gp(...call)

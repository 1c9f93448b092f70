// What Pragmatic drag and drop uses of bind-event-listener, which npm has as CommonJS alone: rollup finds no names in it.
const NAME = 'bind-event-listener'
const MODULE = `
export function bind(target, { type, listener, options }) {
  target.addEventListener(type, listener, options)
  return () => target.removeEventListener(type, listener, options)
}
const toOptions = (value) => (typeof value === 'boolean' ? { capture: value } : value)
export function bindAll(target, bindings, shared) {
  const stops = bindings.map(({ options, ...binding }) =>
    bind(target, { ...binding, options: { ...toOptions(shared), ...toOptions(options) } }),
  )
  return () => stops.forEach((stop) => stop())
}
`

/**
 * The same two functions as a module.
 * @returns {import('rollup').Plugin}
 */
export function eventListeners() {
  return {
    name: 'event listeners',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load: (id) => (id === `\0${NAME}` ? MODULE : null),
  }
}

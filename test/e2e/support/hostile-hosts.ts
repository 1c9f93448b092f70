/** A page that does not make it easy for scripts of others. */
interface Host {
  readonly what: string
  readonly head: string
  /** Whether the tag gets through nevertheless. */
  readonly arrives: boolean
  /** How many products are added to the cart there, to the server's understanding; 1 unless said. */
  readonly added?: number
}

export const HOSTS: readonly Host[] = [
  {
    what: 'hides everything',
    head: '<style>* { display: none !important } *::before { content: "x" }</style>',
    arrives: true,
  },
  {
    what: 'has toJSON on every array and object, as Prototype.js did',
    head: `<script>
      Array.prototype.toJSON = function () { return '[' + this.join() + ']' }
      String.prototype.toJSON = function () { return 'text' }
      Object.prototype.toJSON = undefined
    </script>`,
    arrives: true,
  },
  {
    what: 'extends built-in prototypes with enumerable methods, as Prototype.js did',
    head: `<script>
      Array.prototype.each = function (act) { for (const item of this) act(item) }
      Object.prototype.extend = function () { return this }
      Function.prototype.bind = function (owner, ...first) {
        const bound = this
        return function (...rest) { return bound.apply(owner, [...first, ...rest]) }
      }
      Array.from = (list) => [].slice.call(list)
    </script>`,
    arrives: true,
  },
  {
    what: 'sets traps on Object.prototype',
    head: `<script>
      for (const key of ['type', 'name', 'value', 'host', 'result', 'id']) {
        Object.defineProperty(Object.prototype, key, {
          configurable: true,
          get() { return undefined },
          set(value) { throw new Error('trapped ' + key) },
        })
      }
    </script>`,
    arrives: false,
  },
  {
    what: 'has JSON.stringify and JSON.parse that throw',
    head: `<script>
      JSON.stringify = () => { throw new Error('no JSON') }
      JSON.parse = () => { throw new Error('no JSON') }
    </script>`,
    arrives: false,
  },
  {
    what: 'has a fetch and beacons that throw',
    head: `<script>
      window.fetch = () => { throw new Error('no fetch') }
      navigator.sendBeacon = () => { throw new Error('no beacon') }
    </script>`,
    arrives: false,
  },
  {
    what: 'has a fetch that answers nonsense',
    head: '<script>window.fetch = () => 42</script>',
    arrives: false,
  },
  {
    what: 'has patched Promise, as old polyfills do',
    head: `<script>
      const Native = Promise
      window.Promise = function (run) { return new Native(run) }
      Object.assign(window.Promise, {
        resolve: (value) => Native.resolve(value), reject: (why) => Native.reject(why),
        all: (all) => Native.all(all), prototype: Native.prototype,
      })
    </script>`,
    arrives: true,
  },
  {
    what: 'has stopped the clocks',
    head: `<script>
      Date.now = () => 1_000_000_000_000
      performance.now = () => 5
    </script>`,
    arrives: true,
  },
  {
    what: 'has frozen its built-ins',
    head: `<script>
      for (const frozen of [Object, Array, Promise, JSON, Function, history, Reflect]) {
        Object.freeze(frozen)
        if (frozen.prototype) Object.freeze(frozen.prototype)
      }
    </script>`,
    arrives: true,
  },
  {
    what: 'has no crypto, no locks and no navigation API',
    head: `<script>
      for (const name of ['crypto', 'navigation', 'BroadcastChannel', 'TextEncoder']) {
        Object.defineProperty(window, name, { value: undefined })
      }
      Object.defineProperty(navigator, 'locks', { value: undefined })
    </script>`,
    arrives: true,
  },
  {
    what: 'denies storage',
    head: `<script>
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(window, name, {
          get() { throw new DOMException('denied', 'SecurityError') },
        })
      }
    </script>`,
    arrives: true,
  },
  {
    what: 'has a form called gp',
    head: '<form id="gp"><input name="track"></form>',
    arrives: true,
  },
  {
    what: 'has a string called gp',
    head: `<script>window.gp = 'general practice'</script>`,
    arrives: true,
  },
  {
    what: 'has a frozen object called gp',
    head: '<script>window.gp = Object.freeze({ q: 1 })</script>',
    arrives: true,
  },
  {
    what: 'has a gp that cannot be replaced',
    head: `<script>Object.defineProperty(window, 'gp', { value: { mine: true } })</script>`,
    arrives: true,
  },
  {
    what: 'has a broken dataLayer',
    head: `<script>
      window.dataLayer = [null, 7, 'text', { event: { no: 'name' } }, { get event() { throw new Error('trap') } }]
      Object.freeze(window.dataLayer.push)
    </script>`,
    arrives: true,
    // What the shop pushes to it is read beside its call, and stored under the same name.
    added: 2,
  },
]

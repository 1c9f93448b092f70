// The stub that a shop pastes before its script element: the page may call everything at once, and the tag answers
// when it has come. It inserts nothing and needs only the nonce of the script element it stands in.
const NAMES =
  'init track page identify alias group reset consent cart on once off ready debug destroy show dismiss get openChat ' +
  'closeChat toggleChat showLauncher hideLauncher sendMessage chatState openAgenda openLive'

type Call = unknown[] & { done?: unknown }

const page = window as unknown as { gp?: unknown }
if (typeof page.gp !== 'function') {
  const calls: Call[] = []
  const stub = (...call: Call) =>
    new Promise((done) => {
      call.done = done
      calls.push(call)
    })
  const method = (name: string) => [name, (...args: unknown[]) => stub(name, ...args)]
  const methods: object = Object.fromEntries(NAMES.split(' ').map(method))
  page.gp = Object.assign(stub, { q: calls }, methods)
}

export {}

import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A TCP proxy that does to connections what networks do. */
export interface FaultProxy {
  readonly url: string
  /** Where connections from now on lead: a server that was started again may listen elsewhere. */
  readonly leadTo: (port: number) => void
  readonly openCount: () => number
  /** Ends a connection at once, both ways; some that is open, by `pick` in [0, 1). */
  readonly cut: (pick: number) => void
  /** Nothing comes through any more, and nobody is told. */
  readonly freeze: (pick: number) => void
  /** Each piece comes so much later. */
  readonly delay: (pick: number, ms: number) => void
  /** The server's side is ended as if it had said all; the page's stays open. */
  readonly halfClose: (pick: number) => void
  readonly close: () => Promise<void>
}

interface Pair {
  readonly page: Socket
  readonly server: Socket
  isFrozen: boolean
  delayMs: number
}

export async function startFaultProxy(port: number): Promise<FaultProxy> {
  let target = port
  const pairs = new Set<Pair>()
  const listener = createServer((page) => {
    const server = connect(target, '127.0.0.1')
    const pair: Pair = { page, server, isFrozen: false, delayMs: 0 }
    pairs.add(pair)
    pipe(pair, page, server)
    pipe(pair, server, page)
  })

  function pipe(pair: Pair, from: Socket, to: Socket): void {
    from.on('data', (piece) => {
      if (pair.isFrozen) return
      if (pair.delayMs === 0) return void to.write(piece)
      setTimeout(() => {
        if (!pair.isFrozen && !to.destroyed) to.write(piece)
      }, pair.delayMs)
    })
    from.on('error', () => drop(pair))
    from.on('close', () => {
      if (!pair.isFrozen) drop(pair)
    })
  }

  function drop(pair: Pair): void {
    pairs.delete(pair)
    pair.page.destroy()
    pair.server.destroy()
  }

  function picked(pick: number): Pair | undefined {
    const open = [...pairs].filter(({ isFrozen }) => !isFrozen)
    return open[Math.floor(pick * open.length)]
  }

  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    leadTo: (next) => void (target = next),
    openCount: () => pairs.size,
    cut(pick) {
      const pair = picked(pick)
      if (pair !== undefined) drop(pair)
    },
    freeze(pick) {
      const pair = picked(pick)
      if (pair !== undefined) pair.isFrozen = true
    },
    delay(pick, ms) {
      const pair = picked(pick)
      if (pair !== undefined) pair.delayMs = ms
    },
    halfClose: (pick) => void picked(pick)?.server.end(),
    async close() {
      for (const pair of pairs) drop(pair)
      listener.close()
      await once(listener, 'close')
    },
  }
}

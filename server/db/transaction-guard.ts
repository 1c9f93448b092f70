import { AsyncLocalStorage } from 'node:async_hooks'

/** Whether a transaction's handle may still be used. */
export interface Lease {
  isOpen: boolean
}

export interface TransactionGuard {
  /** Throws inside a transaction, where the outer handle would wait for itself or miss what was written. */
  refuseInside(): void
  /** `handle`, whose every use is refused inside a transaction. */
  outside<T extends object>(handle: T): T
  run<T>(lease: Lease, fn: () => Promise<T>): Promise<T>
}

export function createTransactionGuard(): TransactionGuard {
  const current = new AsyncLocalStorage<Lease>()
  let running = 0
  function refuseInside() {
    if (current.getStore()?.isOpen) {
      throw new Error('The outer handle was used inside a transaction: use the one given to it')
    }
  }
  return {
    refuseInside,
    outside: (handle) =>
      new Proxy(handle, {
        get(target, key, receiver) {
          refuseInside()
          return Reflect.get(target, key, receiver)
        },
      }),
    async run(lease, fn) {
      running += 1
      try {
        return await current.run(lease, fn)
      } finally {
        running -= 1
        // On Node 20 a storage in use makes every promise of the process dearer, those of ingestion as well.
        if (running === 0) current.disable()
      }
    },
  }
}

/** Throws once the transaction is over: a forgotten `await` must not write into the next one. */
export function assertOpen(lease: Lease): void {
  if (!lease.isOpen) throw new Error('The transaction is over: its handle no longer works')
}

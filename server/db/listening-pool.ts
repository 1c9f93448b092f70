import type { Pool } from 'pg'

/**
 * A pool for who listens on one of its connections for good and takes another when that is lost, but hears no error of it
 * and never gives it back: the error would end the process, and each loss would leave the pool one connection smaller.
 */
export function listeningPool(pool: Pool): Pool {
  const connect = async () => {
    const client = await pool.connect()
    client.on('error', () => undefined)
    client.once('end', () => client.release(true))
    return client
  }
  // `query` is bound, for it takes its connections by `connect`, with a callback. The cast: nothing else is asked of it.
  return { connect, query: pool.query.bind(pool) } as Pick<Pool, 'connect' | 'query'> as Pool
}

import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** Address of the tests' PostgreSQL, or undefined: then what needs it is skipped, and counted as skipped. */
export function postgresUrl(): string | undefined {
  const url = process.env.TEST_POSTGRES_URL
  return url === '' ? undefined : url
}

export interface FreshPostgres {
  readonly url: string
  /** Removes the database, whoever is still connected. */
  readonly drop: () => Promise<void>
}

/** An empty database of its own, so that test files can run side by side. */
export async function freshPostgres(): Promise<FreshPostgres> {
  return madeFrom('template1')
}

async function madeFrom(template: string): Promise<FreshPostgres> {
  const server = postgresUrl()
  if (server === undefined) throw new Error('No PostgreSQL here: guard with postgresUrl()')
  const name = `test_${randomBytes(8).toString('hex')}`
  await run(server, `create database ${name} template ${template}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(server, `drop database if exists ${name} with (force)`) }
}

/** A database of its own with all that `url` holds, to which nobody may be connected. */
export async function copyOfPostgres(url: string): Promise<FreshPostgres> {
  return madeFrom(new URL(url).pathname.slice(1))
}

async function run(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

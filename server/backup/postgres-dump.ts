import { writeFile } from 'node:fs/promises'
import type { PoolClient } from 'pg'
import { StartError } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { APPLIED_TABLE } from '../db/migrations.ts'
import { openDatabase } from '../db/open-database.ts'
import { withClient } from '../db/postgres.ts'
import { syncToDisk } from './durable-files.ts'
import type { Contents } from './manifest.ts'
import { runProgram } from './program.ts'

/**
 * Dumps the database as it is at one instant to `to`, and counts its rows at that same instant. Then reads the whole
 * dump again: a `StartError` says where it does not hold them.
 */
export async function dumpPostgres(url: string, to: string): Promise<Contents> {
  // pg_dump writes into what is there, and keeps its mode.
  await writeFile(to, '', { mode: 0o600, flag: 'wx' })
  const contents = await withDatabase(url, (client) =>
    atOneInstant(client, async (snapshot) => {
      const dump = runProgram(
        'pg_dump',
        ['--format=custom', '--schema=public', `--snapshot=${snapshot}`, `--file=${to}`],
        url,
      )
      const counted = await contentsOf(client)
      await dump.ended
      return counted
    }),
  )
  await syncToDisk(to)
  refuseOtherRows(to, contents.rows, await rowsInDump(to))
  return contents
}

/** Rows by table, as a dump holds them. */
export async function rowsInDump(file: string): Promise<Record<string, number>> {
  const { stdout, ended } = runProgram('pg_restore', ['--data-only', '--file=-', file])
  const rows = await countCopied(stdout)
  await ended
  return rows
}

/** Throws a `StartError` unless each table that was counted is there with as many rows. */
export function refuseOtherRows(
  what: string,
  counted: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): void {
  for (const [table, count] of Object.entries(counted)) {
    const inThere = found[table] ?? 0
    if (inThere === count) continue
    throw new StartError(`${what} is damaged: ${table} has ${inThere} rows instead of ${count}`)
  }
}

async function withDatabase<T>(url: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const db: Database = await openDatabase({ url, role: 'command' })
  try {
    if (db.raw.dialect !== 'postgres') throw new Error('Not PostgreSQL')
    return await withClient(db.raw.pool, work)
  } finally {
    await db.close()
  }
}

/** Runs `work` in a transaction that sees one instant, which the program named the snapshot sees too. */
async function atOneInstant<T>(
  client: PoolClient,
  work: (snapshot: string) => Promise<T>,
): Promise<T> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    await client.query('SET LOCAL statement_timeout = 0')
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
    const { rows } = await client.query<{ id: string }>('SELECT pg_export_snapshot() AS id')
    return await work(rows[0]?.id ?? '')
  } finally {
    await client.query('ROLLBACK')
  }
}

async function contentsOf(client: PoolClient): Promise<Contents> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`,
  )
  if (!tables.some(({ name }) => name === APPLIED_TABLE)) {
    throw new StartError('There is nothing to back up: no Granplaza has used this database yet')
  }
  const rows: Record<string, number> = {}
  for (const { name } of tables) {
    // The name is the database's own: a table can't be a parameter.
    const { rows: counted } = await client.query<{ count: number }>(
      `SELECT count(*) AS count FROM public."${name.replaceAll('"', '""')}"`,
    )
    rows[name] = counted[0]?.count ?? 0
  }
  const { rows: applied } = await client.query<{ name: string }>(
    `SELECT name FROM ${APPLIED_TABLE} ORDER BY position`,
  )
  return { migrations: applied.map(({ name }) => name), rows }
}

const LINE_END = 10
const COPY = /^COPY public\.("?)(.+?)\1 \(/
const END_OF_ROWS = String.raw`\.`
/** Longer lines are rows: only these need to be looked at. */
const LONGEST_HEAD = 4_096

/** Counts rows in the text of a dump: one a line, between `COPY … FROM stdin;` and `\.`. */
async function countCopied(text: NodeJS.ReadableStream): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  let table: string | undefined
  let rest = Buffer.alloc(0)

  function take(line: Buffer): void {
    if (table === undefined) {
      table = COPY.exec(line.toString('utf8', 0, LONGEST_HEAD))?.[2]
      if (table !== undefined) rows[table] = 0
    } else if (line.length === 2 && line.toString() === END_OF_ROWS) table = undefined
    else rows[table] = (rows[table] ?? 0) + 1
  }

  for await (const piece of text) {
    const chunk = Buffer.from(piece)
    let start = 0
    for (let end = chunk.indexOf(LINE_END); end !== -1; end = chunk.indexOf(LINE_END, start)) {
      const line = chunk.subarray(start, end)
      take(rest.length === 0 ? line : Buffer.concat([rest, line]))
      rest = Buffer.alloc(0)
      start = end + 1
    }
    rest = Buffer.concat([rest, chunk.subarray(start)])
  }
  return rows
}

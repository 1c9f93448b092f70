import type { SqliteConnection } from '#server/db/sqlite-connection.ts'

/** Rows that are somebody's, by the columns that number people and sessions. */
const TABLES = [
  { name: 'customers', numbers: ['id'], fresh: ['public_id'], marked: ['user_id', 'email'] },
  { name: 'visitors', numbers: ['id', 'customer_id'], fresh: ['public_id'], marked: [] },
  { name: 'sessions', numbers: ['id', 'visitor_id'], fresh: ['public_id'], marked: [] },
  { name: 'visitor_profiles', numbers: ['subject_id'], fresh: [], marked: [] },
  { name: 'customer_profiles', numbers: ['subject_id'], fresh: [], marked: [] },
  {
    name: 'orders',
    numbers: ['id', 'customer_id', 'visitor_id'],
    fresh: ['event_id'],
    marked: ['order_id'],
  },
  {
    name: 'events',
    numbers: ['seq', 'visitor_id', 'session_id'],
    fresh: ['id'],
    marked: [],
  },
] as const

/** More than any row has. */
const STRIDE = 10_000_000

/** Copies all people of a database with what they did, until there are `copies` of each. */
export function multiply(connection: SqliteConnection, copies: number): void {
  connection.exec('PRAGMA foreign_keys = OFF')
  connection.exec('PRAGMA synchronous = OFF')
  const columnsOf = connection.prepare<[string], { name: string }>(
    'SELECT name FROM pragma_table_info(?)',
  )
  for (const { name, numbers, fresh, marked } of TABLES) {
    const columns = columnsOf.all(name).map((column) => column.name)
    const values = columns.map((column) => {
      if (numbers.some((it) => it === column)) return `${column} + ? * ${STRIDE}`
      if (fresh.some((it) => it === column)) return 'randomblob(16)'
      if (marked.some((it) => it === column)) return `${column} || '-' || ?`
      return column
    })
    const places = values.filter((value) => value.includes('?')).length
    const first = numbers[0]
    const copy = connection.prepare(
      `INSERT INTO ${name} (${columns.join(', ')})
       SELECT ${values.join(', ')} FROM ${name} WHERE ${first} < ${STRIDE}`,
    )
    for (let at = 1; at < copies; at += 1) {
      connection.exec('BEGIN')
      copy.run(...Array.from({ length: places }, () => at))
      connection.exec('COMMIT')
    }
  }
  connection.exec('ANALYZE')
}

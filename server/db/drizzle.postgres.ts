import { kits } from './columns.ts'
import { buildSchema } from './schema.ts'

/** What `npm run migration` compares with the last migration of PostgreSQL. */
export const tables = buildSchema(kits.postgres)

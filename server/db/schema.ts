import { memberTables } from '../account/member-tables.ts'
import { accountTables } from '../account/tables.ts'
import { jobsTables } from '../core/jobs/tables.ts'
import { mailTables } from '../core/mail/tables.ts'
import { catalogTables } from '../catalog/tables.ts'
import { auditTables } from '../audit/tables.ts'
import { chatTables } from '../chat/tables.ts'
import { customersTables } from '../customers/tables.ts'
import { eventsTables } from '../events/tables.ts'
import { experiencesTables } from '../experiences/tables.ts'
import { peopleTables } from '../people/tables.ts'
import { targetingTables } from '../targeting/tables.ts'
import { dashboardTables } from '../dashboard/tables.ts'
import { webhooksTables } from '../webhooks/tables.ts'
import type { Kit } from './columns.ts'

/** Every table of the product, declared once and built for one database. */
export function buildSchema(k: Kit) {
  const account = accountTables(k)
  const customers = customersTables(k, account)
  const members = memberTables(k, account)
  const events = eventsTables(k, { ...account, ...customers })
  return {
    ...account,
    ...jobsTables(k, account),
    ...mailTables(k, account),
    ...catalogTables(k, account),
    ...auditTables(k, account),
    ...members,
    ...customers,
    ...events,
    ...targetingTables(k, account),
    ...experiencesTables(k, account),
    ...peopleTables(k, account),
    ...webhooksTables(k, account),
    ...dashboardTables(k, account),
    ...chatTables(k, { ...account, ...members, ...customers, ...events }),
  }
}

export type Schema = ReturnType<typeof buildSchema>

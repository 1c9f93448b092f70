import {
  CellFault,
  cellsOf,
  type ImportBatch,
  type ImportKind,
  type RecordOutcome,
  type SourceRecord,
} from '../catalog/service.ts'
import { ILLEGAL_USER_IDS, MAX_ID_CHARS } from '#protocol/names.ts'
import { readEmail } from './addresses.ts'
import { insertConsents } from './consents.ts'
import { findNamed, type Transaction } from './customer-store.ts'
import { writeCustomer } from './directory.ts'
import type { WhenListed } from './list-changes.ts'

const ILLEGAL = new Set<string>(ILLEGAL_USER_IDS)
const TRUE = /^(true|1|yes|y|s[ií]|ja|oui|subscribed)$/i

const FIELDS = [
  { name: 'userId', spelling: /^((customer|user|kunden?|cliente?)[\s_-]*(id|nummer|nr)|id)$/i },
  { name: 'email', spelling: /^(e-?mail([\s_-]*address)?|correo|mail)$/i },
  { name: 'phone', spelling: /^(phone([\s_-]*number)?|mobile|tel[eé]fono|celular|telefon)$/i },
  { name: 'firstName', spelling: /^(first[\s_-]*name|nombre|vorname|given[\s_-]*name)$/i },
  { name: 'lastName', spelling: /^(last[\s_-]*name|apellidos?|nachname|surname)$/i },
  { name: 'birthOn', spelling: /^(birthday|birth[\s_-]*date|date[\s_-]*of[\s_-]*birth)$/i },
  { name: 'languages', spelling: /^(language|locale|idioma|sprache)$/i },
  { name: 'tags', spelling: /^(tag|labels?|etiquetas)$/i },
  {
    name: 'acceptsMarketing',
    spelling: /^(accepts[\s_-]*(email[\s_-]*)?marketing|newsletter|opt[\s_-]*in)$/i,
  },
]

/** Customers from a file: what it tells is of this moment, and stands before what was told earlier. */
export function createCustomerImport(whenListed: WhenListed): ImportKind {
  return {
    kind: 'customers',
    fields: FIELDS,
    names: ['userId'],
    hasAttributes: true,
    async write(transaction, shopId, batch) {
      const outcomes: RecordOutcome[] = []
      for (const record of batch.records) {
        outcomes.push(await writeRecord({ transaction, shopId, batch, whenListed }, record))
        await batch.between()
      }
      return outcomes
    },
  }
}

interface Writing {
  readonly transaction: Transaction
  readonly shopId: number
  readonly batch: ImportBatch
  readonly whenListed: WhenListed
}

async function writeRecord(
  { transaction, shopId, batch, whenListed }: Writing,
  record: SourceRecord,
): Promise<RecordOutcome> {
  try {
    const { userId, traits, isGranted } = readCustomer(record, batch)
    const known = await findNamed(transaction, shopId, { userId })
    const told = { userId, traits, at: batch.at, whenListed }
    const id = await writeCustomer(transaction, shopId, told)
    if (isGranted !== undefined) {
      const consent = { purpose: 'marketing', channel: 'email', isGranted } as const
      const said = { consents: [consent], source: 'import', now: batch.at } as const
      await insertConsents(transaction, shopId, id, said)
    }
    return { outcome: known === undefined ? 'created' : 'changed' }
  } catch (error) {
    if (error instanceof CellFault) return { fault: error.fault, detail: error.message }
    throw error
  }
}

function readCustomer({ values }: SourceRecord, { mapping }: Pick<ImportBatch, 'mapping'>) {
  if (values === undefined) throw new CellFault('bad_line', 'The line could not be read')
  const cells = cellsOf(values, mapping)
  const userId = cells.text('userId') ?? ''
  if (userId.length > MAX_ID_CHARS || ILLEGAL.has(userId.toLowerCase())) {
    throw new CellFault('bad_user_id', `userId: "${userId.slice(0, 80)}" stands for nobody`)
  }
  const email = cells.text('email')
  if (email && readEmail(email) === undefined) {
    throw new CellFault('bad_email', `email: "${email.slice(0, 80)}" is no address`)
  }
  const named = ['phone', 'firstName', 'lastName', 'birthOn'].map((field) => [
    field,
    cells.text(field),
  ])
  const lists = ['languages', 'tags'].map((field) => [field, cells.list(field, /[,;|]/)])
  const own = mapping.attributes.map(({ name, column }) => [name, values.get(column)])
  const traits = [['email', email], ...named, ...lists, ...own]
  const accepts = cells.text('acceptsMarketing')
  return {
    userId,
    // An empty cell says nothing of a person: it takes nothing back.
    traits: Object.fromEntries(
      traits.filter(([, value]) => value !== undefined && value !== null && value !== ''),
    ),
    isGranted: accepts ? TRUE.test(accepts) : undefined,
  }
}

import type { Asker, KnownProfile, Running } from '../experiences/service.ts'
import { newDocument, reduce, sessionFacts, type Subject } from '../events/service.ts'
import type { Owner } from './identify.ts'
import type { PreparedBatch } from './prepared.ts'
import { pageOf, profileInputOf } from './profile-input.ts'
import type { VisitorCustomer } from './statements.ts'

/** What a commit leaves for who decides what the sender of a batch is shown. */
export interface Aftermath {
  readonly running: Running
  readonly asker: Asker
}

/** Profiles that a commit has made, by subject. */
export interface MadeProfiles {
  readonly note: (subject: Subject, profile: KnownProfile) => void
  readonly of: (kind: Subject['kind'], id: number) => KnownProfile | undefined
}

export function createMadeProfiles(): MadeProfiles {
  const made = {
    visitor: new Map<number, KnownProfile>(),
    customer: new Map<number, KnownProfile>(),
  }
  return {
    note: ({ kind, id }, profile) => void made[kind].set(id, profile),
    of: (kind, id) => made[kind].get(id),
  }
}

interface Known {
  readonly customers: ReadonlyMap<number, VisitorCustomer>
  readonly made: MadeProfiles
}

/** Who sent a batch, as the commit left it: at one browser the last to be named is there now. */
export function askerOf(
  batch: PreparedBatch,
  owner: Owner | undefined,
  { customers, made }: Known,
): Asker {
  const last = batch.events.at(-1) ?? ownPlaceOf(owner)
  const visitorRow = last === undefined || last.isForeign ? null : last.visitorRow
  const { id, isProven = false } = customers.get(visitorRow ?? 0) ?? {}
  const customer = id === undefined ? null : { id, isProven }
  const visitor = visitorRow === null ? undefined : made.of('visitor', visitorRow)
  const whole = customer === null ? undefined : made.of('customer', customer.id)
  const page = pageOf(batch.events)
  return {
    shopId: batch.shopId,
    visitorRow,
    customer,
    sessionRow: visitorRow === null ? null : (last?.sessionRow ?? null),
    made: {
      ...(visitor !== undefined && { visitor }),
      ...(whole !== undefined && { customer: whole }),
    },
    mayPersonalise: batch.consent?.personalisation !== false,
    alone: () => aloneProfile(batch),
    ...(page !== undefined && { page }),
  }
}

function ownPlaceOf(owner: Owner | undefined) {
  if (owner === undefined) return undefined
  const { visitorRow, isForeign, session } = owner
  return { visitorRow, isForeign, sessionRow: session?.row ?? null }
}

/** All that is known where nothing may be known of anybody: what the batch itself tells. */
function aloneProfile({
  events,
  context,
  place,
  consent,
  receivedAt,
}: PreparedBatch): KnownProfile {
  const document = newDocument()
  const session = sessionFacts({
    id: 0,
    startedAt: receivedAt,
    touch: null,
    device: context.device ?? null,
    context: JSON.stringify(context),
    place: place === null ? null : JSON.stringify(place),
  })
  if (events.length > 0) {
    reduce(
      document,
      events.map((event) => ({ ...profileInputOf(event).event, session })),
    )
  }
  return { document, consent, audiences: {} }
}

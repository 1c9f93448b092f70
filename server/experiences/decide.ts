import { EXPERIENCE_LIMITS, type Decision, type Decisions } from '#protocol/experiences.ts'
import { customerFacts } from '../customers/service.ts'
import type { ChatPart } from '../events/service.ts'
import { readFacts, type ChatParts, type Handle, type Reading } from '../targeting/service.ts'
import { factsFor, profilesOf, subjectOf, type Asker, type Told } from './asker.ts'
import { usedUp } from './frequency-store.ts'
import { knownOf } from './known.ts'
import { periodEndsAt } from './periods.ts'
import { ONLY_VARIANT, type KnownExperience, type Running } from './known-experience.ts'

/** The shop has nothing that could be shown, or nothing may be told. */
export const NOTHING: Decisions = { epoch: 0, active: [] }

interface DecideDeps {
  readonly handle: Handle
  readonly chatParts: ChatParts
  readonly now: number
}

/**
 * All that may be shown now, and when time alone may change that. Reserves nothing. Reads profiles only where no commit
 * has just made them.
 */
export async function decide(
  { handle, chatParts, now }: DecideDeps,
  running: Running,
  asker: Asker,
): Promise<Decisions> {
  const { epoch, timeZone, isOn, watch } = running
  if (!running.active.some((one) => !isOver(one, now))) return NOTHING
  // Switched off, and pages may let go of what they have.
  if (!isOn) return { epoch, active: [] }
  const told = await profilesOf(handle, asker)
  const customer = await customerOf(handle, running, { ...asker, told })
  const chat = running.readsChat
    ? await chatOf({ handle, chatParts }, { ...asker, told })
    : undefined
  const { page } = asker
  const facts = factsFor(told, {
    timeZone,
    now,
    ...(page !== undefined && { page }),
    ...(customer !== undefined && { customer }),
    ...(chat !== undefined && { chat }),
  })
  const { wanted, changesAt } = judge(running, readFacts(facts), now)
  const time = { timeZone, now }
  const { sessionRow } = asker
  const out = await usedUp(handle, { ...time, subject: subjectOf(asker), sessionRow, wanted })
  const ends = wanted.flatMap((one) =>
    out.get(one) === 'frequency' ? (periodEndsAt(one.frequency.per, time) ?? []) : [],
  )
  const reconsiderAt = Math.min(changesAt, ...ends)
  const active = wanted.filter((one) => !out.has(one)).slice(0, EXPERIENCE_LIMITS.active)
  const firstName = running.tellsName ? customer?.firstName : undefined
  const isTelling = active.length > 0 || watch.length > 0
  return {
    epoch,
    active: active.map(decisionOf),
    ...(told.isAlone && { isPartial: true }),
    ...(reconsiderAt !== Infinity && { reconsiderAt }),
    ...(watch.length > 0 && { watch }),
    ...(isTelling && { known: knownOf(facts, told.own.document, firstName) }),
  }
}

function isOver({ endsAt }: KnownExperience, now: number): boolean {
  return endsAt !== null && endsAt <= now
}

/** Of a customer who has proven to be one, if anything asks for it. */
async function customerOf(
  handle: Handle,
  { readsCustomer, tellsName }: Running,
  { shopId, customer, told }: Asker & { readonly told: Told },
) {
  if (told.whole === undefined || customer === null) return undefined
  return readsCustomer || tellsName ? customerFacts(handle, shopId, customer.id) : undefined
}

/** Of the customer who has proven to be one, else of this visitor alone. */
async function chatOf(
  { handle, chatParts }: Pick<DecideDeps, 'handle' | 'chatParts'>,
  { shopId, visitorRow, customer, told }: Asker & { readonly told: Told },
): Promise<ChatPart | undefined> {
  if (told.isAlone || visitorRow === null) return undefined
  const isCustomer = told.whole !== undefined && customer !== null
  const [kind, id] = isCustomer
    ? (['customer', customer.id] as const)
    : (['visitor', visitorRow] as const)
  return (await chatParts(handle, shopId, kind, [id])).get(id)
}

/** Those whose targeting holds, and when time alone may change that; `Infinity`: never. */
function judge({ active, targeted, scheduled }: Running, reading: Reading, now: number) {
  let changesAt = Infinity
  for (const { startsAt, endsAt } of scheduled) {
    if (startsAt !== null && startsAt > now) changesAt = Math.min(changesAt, startsAt)
    if (endsAt !== null && endsAt > now) changesAt = Math.min(changesAt, endsAt)
  }
  const isNow = (one: KnownExperience) =>
    !isOver(one, now) && (one.startsAt === null || one.startsAt <= now)
  const wanted = targeted.holding(reading).filter(isNow)
  for (const { nextChangeAt } of new Set(active.filter(isNow).map(({ targeting }) => targeting))) {
    const turnsAt = nextChangeAt(reading, changesAt)
    if (turnsAt !== undefined) changesAt = Math.max(turnsAt, now + 1)
  }
  return { wanted, changesAt }
}

function decisionOf(experience: KnownExperience): Decision {
  const { id, key, kind, priority, triggers, frequency, content } = experience
  const what = { experienceId: String(id), key, kind, variantId: ONLY_VARIANT }
  return { ...what, priority, triggers, frequency, content }
}

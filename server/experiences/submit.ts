import { and, eq } from 'drizzle-orm'
import type { Block } from '#protocol/popup.ts'
import { Refusal } from '../core/errors.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import type { Handle } from '../targeting/service.ts'
import { bytesOf } from './claim-id.ts'
import { createTally } from './day-tally.ts'
import { formFields } from './form-fields.ts'
import { holdExperiences } from './hold-experiences.ts'
import { readForm, type Values } from './read-form.ts'
import { insertStops } from './stop-store.ts'
import { traitsIn } from './traits-in.ts'
import { ONLY_VARIANT, type KnownExperience, type Running } from './known-experience.ts'

/** A form as it was sent. */
export interface Filled {
  readonly shopId: number
  readonly submissionId: string
  readonly experienceId: string
  readonly variantId: string
  readonly fields: Values
  /** Without what must not be kept. */
  readonly url: string
}

/** A form that can be stored. */
export interface CheckedForm extends Filled {
  readonly experience: KnownExperience
  readonly timeZone: string
  /** What the fields tell of the person. */
  readonly traits: Readonly<Record<string, string | number | boolean>>
  readonly thanks: readonly Block[]
}

/** Refuses what the form does not ask for. Who has the pop-up before them may send it, even if it was paused meanwhile. */
export async function checkForm(
  { sql, t }: Handle,
  running: Running | undefined,
  filled: Filled,
): Promise<CheckedForm> {
  const experience = running?.byId.get(filled.experienceId)
  if (running === undefined || experience === undefined || experience.isDraft) throw noSuchForm()
  if (filled.variantId !== ONLY_VARIANT) throw noSuchForm()
  const form = formFields(experience.content)
  if (form.size === 0) throw noSuchForm()
  const fields = readForm(form, filled.fields)
  const [row] = await sql
    .select({ thanks: t.experiences.thanks })
    .from(t.experiences)
    .where(and(eq(t.experiences.shopId, filled.shopId), eq(t.experiences.id, experience.id)))
  if (row === undefined) throw noSuchForm()
  const { timeZone } = running
  const { thanks } = row
  return { ...filled, fields, experience, timeZone, thanks, traits: traitsIn(form, fields) }
}

function noSuchForm(): Refusal {
  return new Refusal('not_found', 'There is no such form any more')
}

/** Stores it, and counts it, once however often it is sent; says whether this was the first time. The transaction holds the subject, if there is one. */
export async function storeForm(
  transaction: Transaction,
  form: CheckedForm,
  { subject, visitorRow }: { readonly subject: Subject | null; readonly visitorRow: number | null },
  now: number,
): Promise<boolean> {
  const { sql, t } = transaction
  const { shopId, experience, fields, url, timeZone } = form
  const submissionId = bytesOf(form.submissionId)
  if (submissionId === undefined) throw new Refusal('bad_request', 'submissionId: it is no UUID')
  const held = await holdExperiences(transaction, shopId, [experience.id])
  if (held.size === 0) throw noSuchForm()
  const what = { shopId, submissionId, experienceId: experience.id, variantId: ONLY_VARIANT }
  const made = await sql
    .insert(t.formSubmissions)
    .values({ ...what, visitorRow, fields, url, at: now })
    .onConflictDoNothing()
    .returning({ id: t.formSubmissions.id })
  if (made.length === 0) {
    await refuseOthers(transaction, what)
    return false
  }
  const stop = { subject, experienceId: experience.id, reason: 'answering', at: now } as const
  await insertStops(transaction, [stop])
  const tally = createTally(timeZone)
  tally.add(experience, now, 'submissions')
  await tally.write(transaction, shopId)
  return true
}

/** Sent again it is the same form; an id that another has taken is nobody's thanks. */
async function refuseOthers(
  { sql, t: { formSubmissions: forms } }: Transaction,
  what: { readonly shopId: number; readonly submissionId: Buffer; readonly experienceId: number },
): Promise<void> {
  const [known] = await sql
    .select({ experienceId: forms.experienceId })
    .from(forms)
    .where(and(eq(forms.shopId, what.shopId), eq(forms.submissionId, what.submissionId)))
  if (known?.experienceId === what.experienceId) return
  throw new Refusal('conflict', 'submissionId: it is that of another form')
}

import type { SubjectKind } from '#protocol/audiences.ts'
import { and, eq } from 'drizzle-orm'
import type { ExplainAnswer } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { documentOf } from '../events/service.ts'
import { compile } from './compile.ts'
import type { DefinitionCache, Handle } from './definitions.ts'
import { factsOf } from './judge.ts'
import { readFacts } from './reading.ts'
import type { Parts } from './rejudge.ts'

export interface Explained {
  readonly kind: SubjectKind
  /** 16 bytes. */
  readonly publicId: Buffer
}

interface ExplainDeps extends Parts {
  readonly handle: Handle
  readonly definitions: DefinitionCache
  readonly now: number
}

/** Undefined where nobody is known by that id, or has a profile. */
export async function explainFor(
  { handle, definitions, customerParts, chatParts, now }: ExplainDeps,
  { shopId, condition, whom }: { shopId: number; condition: Condition; whom: Explained },
): Promise<ExplainAnswer | undefined> {
  const { sql, t } = handle
  const isVisitor = whom.kind === 'visitor'
  const profiles = isVisitor ? t.visitorProfiles : t.customerProfiles
  const subjects = isVisitor ? t.visitors : t.customers
  const [row] = await sql
    .select({
      subjectId: profiles.subjectId,
      document: profiles.document,
      consent: profiles.consent,
      audiences: profiles.audiences,
    })
    .from(profiles)
    .innerJoin(subjects, and(eq(subjects.shopId, shopId), eq(subjects.id, profiles.subjectId)))
    .where(and(eq(profiles.shopId, shopId), eq(subjects.publicId, whom.publicId)))
  const found = await definitions.of(handle, shopId)
  if (row === undefined || found === undefined) return undefined
  const parts = isVisitor ? undefined : await customerParts(handle, shopId, [row.subjectId])
  const customer = parts?.get(row.subjectId)
  const compiled = compile(condition)
  const chats = compiled.reads.has('chat')
    ? await chatParts(handle, shopId, whom.kind, [row.subjectId])
    : undefined
  const chat = chats?.get(row.subjectId)
  const facts = factsOf(
    {
      document: documentOf(row.document),
      consent: row.consent,
      ...(customer !== undefined && { customer }),
      ...(chat !== undefined && { chat }),
    },
    { timeZone: found.timeZone, now, memberIds: new Set(Object.keys(row.audiences)) },
  )
  const reading = readFacts(facts)
  return { holds: compiled.holds(reading), explanation: compiled.explain(reading) }
}

import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Handle } from './member-store.ts'

export interface SecondFactorRow {
  /** Sealed. */
  readonly secret: Buffer
  readonly confirmedAt: number | null
}

// A second factor is its member's, whatever shops they belong to.

export async function findSecondFactor(
  { sql, t }: Handle,
  memberId: number,
): Promise<SecondFactorRow | undefined> {
  const { secret, confirmedAt } = t.secondFactors
  const [found] = await sql
    .select({ secret, confirmedAt })
    .from(t.secondFactors)
    .where(eq(t.secondFactors.memberId, memberId))
  return found
}

/** Takes the place of one that was never confirmed. Whether it did: a confirmed one stays. */
export async function offerSecret(
  { sql, t }: Handle,
  memberId: number,
  secret: Buffer,
): Promise<boolean> {
  const offered = await sql
    .insert(t.secondFactors)
    .values({ memberId, secret, confirmedAt: null, lastStep: 0 })
    .onConflictDoUpdate({
      target: t.secondFactors.memberId,
      set: { secret, lastStep: 0 },
      setWhere: isNull(t.secondFactors.confirmedAt),
    })
    .returning({ memberId: t.secondFactors.memberId })
  return offered.length > 0
}

/** Whether the code of `step` may count: once, and none before it any more. */
export async function spendStep(
  { sql, t }: Handle,
  memberId: number,
  { secret, step }: { readonly secret: Buffer; readonly step: number },
): Promise<boolean> {
  const { secondFactors: factors } = t
  const spent = await sql
    .update(factors)
    .set({ lastStep: step })
    .where(
      and(eq(factors.memberId, memberId), eq(factors.secret, secret), lt(factors.lastStep, step)),
    )
    .returning({ memberId: factors.memberId })
  return spent.length > 0
}

/** Whether it was this secret that waited. */
export async function confirmSecret(
  { sql, t }: Handle,
  memberId: number,
  { secret, confirmedAt }: { readonly secret: Buffer; readonly confirmedAt: number },
): Promise<boolean> {
  const { secondFactors: factors } = t
  const confirmed = await sql
    .update(factors)
    .set({ confirmedAt })
    .where(
      and(eq(factors.memberId, memberId), eq(factors.secret, secret), isNull(factors.confirmedAt)),
    )
    .returning({ memberId: factors.memberId })
  return confirmed.length > 0
}

/** With its recovery codes. */
export async function deleteSecondFactor({ sql, t }: Handle, memberId: number): Promise<void> {
  await sql.delete(t.recoveryCodes).where(eq(t.recoveryCodes.memberId, memberId))
  await sql.delete(t.secondFactors).where(eq(t.secondFactors.memberId, memberId))
}

export async function replaceRecoveryCodes(
  { sql, t }: Handle,
  memberId: number,
  hashes: readonly Buffer[],
): Promise<void> {
  await sql.delete(t.recoveryCodes).where(eq(t.recoveryCodes.memberId, memberId))
  await sql.insert(t.recoveryCodes).values(hashes.map((codeHash) => ({ memberId, codeHash })))
}

/** Whether there was such a code to spend. */
export async function spendRecoveryCode(
  { sql, t }: Handle,
  memberId: number,
  { codeHash, spentAt }: { readonly codeHash: Buffer; readonly spentAt: number },
): Promise<boolean> {
  const { recoveryCodes: codes } = t
  const spent = await sql
    .update(codes)
    .set({ spentAt })
    .where(and(eq(codes.memberId, memberId), eq(codes.codeHash, codeHash), isNull(codes.spentAt)))
    .returning({ memberId: codes.memberId })
  return spent.length > 0
}

export async function countRecoveryCodes({ sql, t }: Handle, memberId: number): Promise<number> {
  const { recoveryCodes: codes } = t
  return sql.$count(codes, and(eq(codes.memberId, memberId), isNull(codes.spentAt)))
}

import { sha256 } from '../core/tokens.ts'
import type { VisitorSeer } from './seen-by-visitor.ts'

/** What a page shows of whoever looks at it. */
export interface Shown {
  readonly token?: string | undefined
  readonly visitor: { readonly id: string; readonly token: string } | null
  readonly now: number
}

export function seerOf({ token, visitor, now }: Shown, reach: VisitorSeer['reach']): VisitorSeer {
  return {
    tokenHash: token === undefined ? undefined : sha256(token),
    visitor: visitor === null ? undefined : proofOf(visitor),
    now,
    reach,
  }
}

export function proofOf({ id, token }: NonNullable<Shown['visitor']>) {
  return { publicId: Buffer.from(id, 'base64url'), tokenHash: sha256(token) }
}

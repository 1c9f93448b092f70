import type { Shop } from '../core/guards.ts'

/** A mail with a link; its words and its look are the sender's business. */
export interface AccountMail {
  readonly kind: 'invitation' | 'password_reset'
  /** An e-mail address, in lower case. */
  readonly to: string
  /** The fragment of `ACCOUNT_LINK_PAGE_PATH`. */
  readonly token: string
  /** Of an invitation. */
  readonly shop?: Pick<Shop, 'id' | 'name'>
  /** BCP 47, what its reader likes best first; empty where nothing is known. */
  readonly languages: readonly string[]
}

/** Whether the mail is on its way. No: an inviter hands the link on, and a reset is for `npm run owner`. */
export type SendMail = (mail: AccountMail) => Promise<boolean>

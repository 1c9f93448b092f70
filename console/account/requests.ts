import type { AcceptLinkInput, AccountLink, OwnAccount, SignInInput } from '#protocol/account.ts'
import {
  ACCEPTED_LINKS_PATH,
  ACCOUNT_LINKS_PATH,
  ACCOUNT_PATH,
  CONSOLE_SESSION_PATH,
  PASSWORD_RESETS_PATH,
  SIGN_IN_PATH,
  SIGN_OUT_PATH,
} from '#protocol/names.ts'
import { read, send, type Reply } from '../api.ts'

/** `spent`: used before, expired, or never one of ours. `failed`: the server did not say. */
export type LinkOutcome = 'opened' | 'spent' | 'failed'

/** Exchanges a one-time link's token for the session cookie. */
export async function spendLink(token: string): Promise<LinkOutcome> {
  const { refusal } = await send(CONSOLE_SESSION_PATH, { token })
  if (refusal === undefined) return 'opened'
  return refusal === 'link_spent' || refusal === 'bad_request' ? 'spent' : 'failed'
}

/** Refuses with `sign_in` where nobody is signed in, or somebody by a one-time link, which has no account. */
export function readAccount(): Promise<Reply<OwnAccount>> {
  return read<OwnAccount>(ACCOUNT_PATH)
}

/** Refuses with `second_factor` while the right code is missing. */
export function signIn(input: SignInInput): Promise<Reply<undefined>> {
  return send(SIGN_IN_PATH, input)
}

export function signOut(): Promise<Reply<undefined>> {
  return send(SIGN_OUT_PATH, {})
}

/** Answers alike whether somebody has the address or not. */
export function askForReset(email: string): Promise<Reply<object>> {
  return send<object>(PASSWORD_RESETS_PATH, { email })
}

/** What a link is for; does not use it up. */
export function readLink(token: string): Promise<Reply<AccountLink>> {
  return send<AccountLink>(ACCOUNT_LINKS_PATH, { token })
}

/** Uses the link up, and signs in; a reset signs nobody in. */
export function acceptLink(input: AcceptLinkInput): Promise<Reply<undefined>> {
  return send(ACCEPTED_LINKS_PATH, input)
}

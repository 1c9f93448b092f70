import { Refusal } from '../core/errors.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'

const MIN_DIFFERENT_CHARS = 4

/** Refuses what is guessed first: the commonest, one's own address, the same few characters over and over. */
export function requireGoodPassword(password: string, email: string): void {
  const lower = password.normalize('NFKC').toLowerCase()
  const [name = ''] = email.split('@')
  const isOwn = lower === email || (name.length >= 4 && lower.replaceAll(/[\d\W_]/g, '') === name)
  if (COMMON_PASSWORDS.has(lower) || isOwn || new Set(lower).size < MIN_DIFFERENT_CHARS) {
    throw new Refusal(
      'bad_request',
      'This password is one of the first to be guessed: take another',
    )
  }
}

import type {
  MemberProfile,
  OwnAccount,
  PasswordChange,
  RecoveryCodes,
  SecondFactorOffer,
} from '#protocol/account.ts'
import {
  ACCOUNT_PATH,
  ACCOUNT_PHOTO_PATH,
  ACCOUNT_SESSION_PATH,
  ACCOUNT_SESSIONS_PATH,
  PASSWORD_PATH,
  RECOVERY_CODES_PATH,
  SECOND_FACTOR_CONFIRMATION_PATH,
  SECOND_FACTOR_PATH,
} from '#protocol/names.ts'
import { change, send, type Reply } from '../api.ts'

export function replaceProfile(profile: MemberProfile): Promise<Reply<OwnAccount>> {
  return change<OwnAccount>('PUT', ACCOUNT_PATH, profile)
}

export function replacePhoto(photo: Blob): Promise<Reply<undefined>> {
  return change('PUT', ACCOUNT_PHOTO_PATH, photo)
}

export function removePhoto(): Promise<Reply<undefined>> {
  return change('DELETE', ACCOUNT_PHOTO_PATH)
}

/** All sessions end, and this browser gets a new one. */
export function changePassword(passwords: PasswordChange): Promise<Reply<undefined>> {
  return send(PASSWORD_PATH, passwords)
}

export function endSession(sessionId: string): Promise<Reply<undefined>> {
  const path = ACCOUNT_SESSION_PATH.replace(':sessionId', encodeURIComponent(sessionId))
  return change('DELETE', path)
}

/** All but this browser's. */
export function endOtherSessions(): Promise<Reply<undefined>> {
  return change('DELETE', ACCOUNT_SESSIONS_PATH)
}

/** Counts once it is confirmed by a code. */
export function offerSecondFactor(): Promise<Reply<SecondFactorOffer>> {
  return send<SecondFactorOffer>(SECOND_FACTOR_PATH, {})
}

/** All other sessions end. */
export function confirmSecondFactor(code: string): Promise<Reply<RecoveryCodes>> {
  return send<RecoveryCodes>(SECOND_FACTOR_CONFIRMATION_PATH, { code })
}

export function removeSecondFactor(): Promise<Reply<undefined>> {
  return change('DELETE', SECOND_FACTOR_PATH)
}

/** Those before count no more. */
export function newRecoveryCodes(): Promise<Reply<RecoveryCodes>> {
  return send<RecoveryCodes>(RECOVERY_CODES_PATH, {})
}

import type { MailState, MailStatus, MailSummary } from '#protocol/mail.ts'
import type { Refused } from '../api.ts'
import { formFault, type FormFault } from '../settings/faults.ts'
import type { TestMail } from './requests.ts'

/** A part of the outbox; empty: all of it. */
export type Shown = MailState | ''

/** As it is looked through: first what somebody must decide about. */
export const SHOWN = [
  '',
  'uncertain',
  'failed',
  'waiting',
  'sending',
  'sent',
] as const satisfies readonly Shown[]

/** What is shown to whoever opens the page: what is in doubt, where there is any, and else everything. */
export function firstFilter({ uncertain }: MailStatus['counts']): Shown {
  return uncertain > 0 ? 'uncertain' : ''
}

/** Whether sending it is for somebody's hand. What is new and waits leaves by itself. */
export function canResend({ state, attempts }: MailSummary, isConfigured: boolean): boolean {
  if (!isConfigured) return false
  return state === 'uncertain' || state === 'failed' || (state === 'waiting' && attempts === 0)
}

/** It is about to leave. */
export function isLeaving({ state, attempts }: MailSummary, isConfigured: boolean): boolean {
  return isConfigured && (state === 'sending' || (state === 'waiting' && attempts === 0))
}

const TO_FAULT: FormFault = { field: 'to', message: 'mail.fault.to' }

/** Roughly: the server knows better, and says so. */
export function faultInTest({ to }: TestMail): FormFault | undefined {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(to.trim()) ? undefined : TO_FAULT
}

/** The server names no field where the one address is none. */
export function faultOfTest(refused: Refused): FormFault {
  return refused.refusal === 'bad_request' ? TO_FAULT : formFault(refused)
}

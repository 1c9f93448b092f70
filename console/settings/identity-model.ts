import type { IdentityAnswer, IdentitySettings } from '#protocol/shop.ts'
import type { Refused } from '../api.ts'
import { formFault, type FormFault } from './faults.ts'

/** `proof`: what a JWT must be signed with. */
export interface IdentityFields {
  readonly rule: IdentitySettings['rule']
  readonly proof: 'secret' | 'key'
  readonly publicKey: string
}

export function identityFieldsOf({ rule, jwtPublicKey }: IdentityAnswer): IdentityFields {
  return { rule, proof: jwtPublicKey === null ? 'secret' : 'key', publicKey: jwtPublicKey ?? '' }
}

export function identitySettingsOf({ rule, proof, publicKey }: IdentityFields): IdentitySettings {
  return { rule, jwtPublicKey: proof === 'key' ? publicKey : null }
}

const KEY_FAULT: FormFault = { field: 'publicKey', message: 'settings.fault.public_key' }

export function faultInIdentity({ proof, publicKey }: IdentityFields): FormFault | undefined {
  return proof === 'key' && publicKey.trim() === '' ? KEY_FAULT : undefined
}

export function faultOfIdentity(refused: Refused): FormFault {
  const { refusal, detail } = refused
  const isAboutKey = detail.includes('Ed25519') || detail.startsWith('jwtPublicKey:')
  return refusal === 'bad_request' && isAboutKey ? KEY_FAULT : formFault(refused)
}

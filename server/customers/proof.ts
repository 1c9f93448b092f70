import { createHmac } from 'node:crypto'
import { errors, importSPKI, jwtVerify, type JWTVerifyOptions } from 'jose'
import type { ProofSettings } from '../account/service.ts'
import { sameBytes } from '../core/tokens.ts'

/** What a page presents, and for which shop. */
export interface Claim {
  /** The shop's public key: a signature made for one shop is worth nothing in another. */
  readonly publicKey: string
  readonly userId: string
  /** Hex HMAC-SHA256 or a JWT. */
  readonly signature: string
}

const HEX_SHA256 = /^[\da-f]{64}$/i
/** From `iat`; a page that lies open longer than this identifies nobody new. */
const MAX_JWT_AGE = '1h'
const CLOCK_TOLERANCE_SECONDS = 60

/**
 * Whether the shop's server has said that this visitor is `userId`. The HMAC is over `<public key>:<user id>` in UTF-8, with the
 * identity secret as it is printed; no JWT's signed bytes begin so, hence one secret serves for both.
 */
export async function isProof(
  claim: Claim,
  settings: ProofSettings,
  now: () => number,
): Promise<boolean> {
  if (HEX_SHA256.test(claim.signature)) return isSignature(claim, settings.secrets)
  return claim.signature.split('.').length === 3 && isToken(claim, settings, now)
}

function isSignature({ publicKey, userId, signature }: Claim, secrets: readonly string[]): boolean {
  const presented = Buffer.from(signature, 'hex')
  const message = `${publicKey}:${userId}`
  return secrets.some((secret) =>
    sameBytes(createHmac('sha256', secret).update(message).digest(), presented),
  )
}

/** Algorithm, audience, subject and times are ours to say, never the token's. */
async function isToken(
  { publicKey, userId, signature }: Claim,
  settings: ProofSettings,
  now: () => number,
): Promise<boolean> {
  const options: JWTVerifyOptions = {
    algorithms: [settings.jwtAlgorithm],
    audience: publicKey,
    subject: userId,
    requiredClaims: ['exp', 'iat', 'sub', 'aud'],
    maxTokenAge: MAX_JWT_AGE,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    currentDate: new Date(now()),
  }
  for (const key of await keysOf(settings)) {
    try {
      await jwtVerify(signature, key, options)
      return true
    } catch (error) {
      // Forged, out of date, for somebody else, or made with the former secret: the next key decides.
      if (!(error instanceof errors.JOSEError)) throw error
    }
  }
  return false
}

async function keysOf({ jwtAlgorithm, jwtPublicKey, secrets }: ProofSettings) {
  if (jwtAlgorithm === 'EdDSA') {
    return jwtPublicKey === null ? [] : [await importSPKI(jwtPublicKey, 'EdDSA')]
  }
  return secrets.map((secret) => new TextEncoder().encode(secret))
}

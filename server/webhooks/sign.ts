import { createHmac, randomBytes } from 'node:crypto'

/** Standard Webhooks: 24 to 64 bytes, written in base64 behind this. */
const PREFIX = 'whsec_'
const SECRET_BYTES = 32

export function newSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

export function newMessageId(): string {
  return `msg_${randomBytes(16).toString('base64url')}`
}

/** The headers that let the receiver see who sent what when; one signature a secret. `at`: epoch ms of this attempt. */
export function signedHeaders(
  secrets: readonly string[],
  {
    messageId,
    at,
    body,
  }: { readonly messageId: string; readonly at: number; readonly body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    const hmac = createHmac('sha256', key).update(`${messageId}.${timestamp}.${body}`)
    return `v1,${hmac.digest('base64')}`
  })
  return {
    'content-type': 'application/json',
    'user-agent': 'Granplaza-Webhooks/1',
    'webhook-id': messageId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}

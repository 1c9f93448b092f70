import { CONSOLE_SESSION_PATH } from '#protocol/names.ts'

/** `spent`: used before, expired, or never one of ours. `failed`: the server did not say. */
export type LinkOutcome = 'opened' | 'spent' | 'failed'

/** Exchanges a one-time link's token for the session cookie. */
export async function spendLink(token: string): Promise<LinkOutcome> {
  try {
    const response = await fetch(CONSOLE_SESSION_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    if (response.ok) return 'opened'
    return response.status === 401 || response.status === 400 ? 'spent' : 'failed'
  } catch {
    // No connection: the page says so and tries again.
    return 'failed'
  }
}

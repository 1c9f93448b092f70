import { ACCEPTED_LINKS_PATH, ACCOUNT_SESSIONS_PATH } from '#protocol/names.ts'

const OWNER = { email: 'ana@shop.example', password: 'Llueve sobre Bogotá' }

/** The cookie of the shop's first owner, made by the set-up link's token, or signed in where there is none any more. */
export async function ownerCookie(
  port: number | string,
  token: string | undefined,
): Promise<string> {
  const [path, body] =
    token === undefined
      ? [ACCOUNT_SESSIONS_PATH, OWNER]
      : [ACCEPTED_LINKS_PATH, { ...OWNER, name: 'Ana', token }]
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(body),
  })
  const [cookie = ''] = answer.headers.get('set-cookie')?.split(';') ?? []
  if (!answer.ok || cookie === '') throw new Error(await answer.text())
  return cookie
}

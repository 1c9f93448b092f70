import type { Role } from '#protocol/account.ts'
import type { ConsentMode } from '#protocol/names.ts'
import { refuseUnreadable } from './body.ts'
import { addressGroup } from './client-address.ts'
import { Refusal } from './errors.ts'
import { ANY_ORIGIN_HEADERS } from './headers.ts'
import type { Call } from './http.ts'
import { isListedOrigin } from './origins.ts'
import type { RateLimit } from './rate-limit.ts'

/** A shop as requests need it. */
export interface Shop {
  readonly id: number
  readonly name: string
  readonly publicKey: string
  readonly consentMode: ConsentMode
  /** ISO 4217: of amounts that name none. */
  readonly currency: string
  /** IANA name. */
  readonly timeZone: string
  /** BCP 47, the default one first. */
  readonly languages: readonly string[]
  /** How many months events and sessions are kept; null: for good. */
  readonly retentionMonths: number | null
  /** None: any origin may send. */
  readonly origins: readonly string[]
}

/** What a key opens. `isVerified`: it was a secret key, so a server of the shop's speaks. */
export interface KeyHolder {
  readonly shop: Shop
  /** The key's row. */
  readonly keyId: number
  /** The key's last four characters, by which people tell keys apart. */
  readonly ending: string
  readonly isVerified: boolean
  readonly scopes: readonly string[]
}

/** A console session, as it stands to one shop. */
export interface SessionHolder {
  readonly shop: Shop
  readonly roles: readonly Role[]
  /** Undefined: opened by a one-time link, which is nobody's. */
  readonly memberId: number | undefined
  /** The member's id outside of the server. */
  readonly memberName: string | undefined
  /** When its holder last proved who they are. */
  readonly signedInAt: number
  readonly expiresAt: number
}

/** A request that named its shop by a key. */
export interface KeyCall<Body> extends KeyHolder {
  readonly call: Call
  readonly body: Body
  /** A page of the shop's or ours sent it. From any other, what the browser adds by itself (cookies) counts for nothing. */
  readonly isFromKnownPage: boolean
}

/** A body as far as the guard must understand it. */
export interface KeyedBody<Body> {
  /** The key found in the body; a secret one may come as `Authorization: Bearer` instead. */
  readonly key?: string | undefined
  /** Whose requests to count, where the body says so. */
  readonly visitorId?: string | undefined
  readonly body: Body
}

export interface KeyRules<Body> {
  readonly limitBytes: number
  /** What a secret key must hold; a public key needs none. */
  readonly scope: string
  /** Parses the body; throws a `Refusal` when nothing of it can be used. */
  readonly parse: (bytes: Buffer) => KeyedBody<Body>
}

/** The way in to a route. A route cannot be added without one (router.ts). */
export interface Guard<Request> {
  readonly principal: 'anyone' | 'key' | 'secret_key' | 'console' | 'management'
  /** What a secret key must hold to be let in: said once, here, for the guard, the API's document and the tests. */
  readonly scope?: string
  /** What a member's roles must allow, written like a scope: for the tests of all routes. */
  readonly permission?: string
  /** Pages may send whatever headers they name, where others' clients choose them. */
  readonly allowsAnyHeader?: true
  /** Lets the request in, or throws a `Refusal`. */
  readonly admit: (call: Call) => Promise<Admission<Request>> | Admission<Request>
}

export interface Admission<Request> {
  readonly request: Request
  /** Joins the answer, and the refusal if the handler throws one. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface GuardsDeps {
  readonly publicUrl: URL
  readonly rateLimit: RateLimit
  readonly findKeyHolder: (key: string) => Promise<KeyHolder | undefined>
}

export interface Guards {
  /** Says in so many words that a route is for everyone: public files, health. */
  readonly anyone: Guard<{ call: Call }>
  /** For shops' pages and servers, cross-origin. */
  readonly key: <Body>(rules: KeyRules<Body>) => Guard<KeyCall<Body>>
  /** The same where a file follows upon the first line, which `parse` is given: whoever is let in reads it (`readSlowBody`). */
  readonly keyBeforeFile: <Body>(
    rules: KeyRules<Body> & { readonly fileBytes: number },
  ) => Guard<KeyCall<Body>>
  /** For who is about to open the console: our own pages only, few attempts. */
  readonly signIn: Guard<{ call: Call }>
}

const SAFE_METHODS = ['GET', 'HEAD']
/** No page of another origin can send these without asking first (a preflight), and we never say yes. */
const UNFORGEABLE_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/x-ndjson',
  'text/csv',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'application/pdf',
])

export function createGuards(deps: GuardsDeps): Guards {
  const { publicUrl, rateLimit } = deps

  function takeOfAddress({ path, address }: Call): void {
    rateLimit.take('address', `${path} ${addressGroup(address)}`)
  }

  async function admitBody<Body>(
    call: Call,
    bytes: Buffer,
    { parse, scope }: KeyRules<Body>,
  ): Promise<Admission<KeyCall<Body>>> {
    const { key, visitorId, body } = parse(bytes)
    const admitted = await admitKey(deps, call, bearerOf(call) ?? key, scope)
    const { holder, isFromKnownPage, headers } = admitted
    if (visitorId !== undefined) rateLimit.take('visitor', `${holder.shop.id} ${visitorId}`)
    return { request: { ...holder, call, body, isFromKnownPage }, headers }
  }

  return {
    anyone: { principal: 'anyone', admit: (call) => ({ request: { call } }) },

    key: (rules) => ({
      principal: 'key',
      scope: rules.scope,
      async admit(call) {
        takeOfAddress(call)
        refuseUnreadable(call.header, rules.limitBytes)
        return admitBody(call, await call.readBody(rules.limitBytes), rules)
      },
    }),

    keyBeforeFile: (rules) => ({
      principal: 'key',
      scope: rules.scope,
      async admit(call) {
        takeOfAddress(call)
        refuseUnreadable(call.header, rules.limitBytes + rules.fileBytes)
        return admitBody(call, await call.readLine(rules.limitBytes), rules)
      },
    }),

    signIn: {
      principal: 'anyone',
      admit(call) {
        rateLimit.take('signIn', addressGroup(call.address))
        refuseForeign(call, publicUrl)
        return { request: { call } }
      },
    },
  }
}

/** What a request is let in with, once its key has been found. */
interface AdmittedKey {
  readonly holder: KeyHolder
  readonly isFromKnownPage: boolean
  /** For the answer, so that the page may read it. */
  readonly headers: Readonly<Record<string, string>>
}

/** The part that every guard of keys shares: whose the key is, whether the page may use it, how often, what for. */
export async function admitKey(
  deps: Pick<GuardsDeps, 'publicUrl' | 'rateLimit' | 'findKeyHolder'>,
  call: Call,
  key: string | undefined,
  scope: string,
): Promise<AdmittedKey> {
  const holder = await holderOf(deps, key)
  const origin = call.header('origin')
  const isFromKnownPage = isKnownPage(origin, holder.shop, deps.publicUrl)
  const headers = corsHeaders(origin, holder.shop, isFromKnownPage)
  deps.rateLimit.take('key', holder.shop.publicKey)
  if (holder.isVerified && !holder.scopes.includes(scope)) {
    throw new Refusal('forbidden', `This key lacks the scope ${scope}: make one that has it`)
  }
  return { holder, isFromKnownPage, headers }
}

/** The value of one cookie of a `Cookie` header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const pairs = header?.split(';').map((pair) => pair.trim()) ?? []
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

async function holderOf(
  deps: Pick<GuardsDeps, 'findKeyHolder'>,
  key: string | undefined,
): Promise<KeyHolder> {
  if (key === undefined) throw new Refusal('bad_request', 'The request names no key')
  const holder = await deps.findKeyHolder(key)
  if (holder === undefined) {
    throw new Refusal('unknown_key', 'No shop has this key: check data-shop in the snippet')
  }
  return holder
}

/** A key sent as `Authorization: Bearer`. */
export function bearerOf(call: Call): string | undefined {
  return /^Bearer (\S+)$/i.exec(call.header('authorization') ?? '')?.[1]
}

function isKnownPage(origin: string | undefined, { origins }: Shop, publicUrl: URL): boolean {
  if (origin === undefined) return false
  return origin === publicUrl.origin || isListedOrigin(origin, origins)
}

/**
 * Who may read the answer. An origin that the shop lists is echoed, with credentials; while it lists none, any may
 * read, without. Requests without `Origin` come from no page. The server's own pages (the examples) are always let in.
 */
function corsHeaders(
  origin: string | undefined,
  shop: Shop,
  isFromKnownPage: boolean,
): Readonly<Record<string, string>> {
  if (origin === undefined || shop.origins.length === 0) return ANY_ORIGIN_HEADERS
  if (!isFromKnownPage) {
    throw new Refusal(
      'origin_not_allowed',
      `The shop does not list ${origin.slice(0, 200)}: add it`,
    )
  }
  return {
    ...ANY_ORIGIN_HEADERS,
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
  }
}

/**
 * Against forged requests from other sites, beside the cookie's SameSite: only our own pages change state, and only
 * with JSON (or another type that a form cannot send, where a route takes files).
 */
export function refuseForeign(call: Call, publicUrl: URL): void {
  const site = call.header('sec-fetch-site')
  const isSafe = SAFE_METHODS.includes(call.method)
  if (site !== undefined && site !== 'same-origin' && !(isSafe && site === 'none')) {
    throw new Refusal('forbidden', 'Only the console itself may ask this')
  }
  const origin = call.header('origin')
  if (origin !== undefined && origin !== publicUrl.origin) {
    throw new Refusal('forbidden', `Open the console at ${publicUrl.origin}`)
  }
  const type = call.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (!isSafe && !UNFORGEABLE_TYPES.has(type ?? '')) throw new Refusal('forbidden', 'Send JSON')
}

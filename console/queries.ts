import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type Query,
} from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { ACCOUNT_PATH, SHOPS_PATH } from '#protocol/names.ts'
import { about, read, type Refused, type Reply } from './api.ts'
import { useGate, type Gate } from './gate.ts'
import { useSession } from './session.ts'

/** What a page reads of the server. After a refused attempt to read it anew, the value is the one before. */
export interface Reading<Value> {
  readonly value: Value | undefined
  readonly refused: Refused | undefined
  /** Nothing is there yet. */
  readonly isLoading: boolean
  /** Reads it anew. */
  readonly again: () => void
}

/** A list that is read page by page: what was read of it so far. */
export interface Listing<Item> extends Reading<readonly Item[]> {
  /** There is another page. */
  readonly hasMore: boolean
  readonly isReadingMore: boolean
  readonly more: () => void
  /** How many the server looked at, where it looks for those that are wanted. */
  readonly lookedAt: number
}

export interface Changing<Input, Value> {
  /** Does it; never throws. Where it needs a fresh sign-in, asks for that first. */
  readonly run: (input: Input) => Promise<Reply<Value>>
  readonly isBusy: boolean
  /** By the last attempt. */
  readonly refused: Refused | undefined
}

interface ReadingOptions {
  /** While another path is read, shows what was read of the one before: nothing jumps. */
  readonly keeps?: boolean
}

interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor?: string | null
  readonly lookedAt?: number
}

const FRESH_MS = 10_000

/** Errors are TanStack's only way to say no. */
class ReadingRefused extends Error {
  readonly refused: Refused

  constructor(refused: Refused) {
    super(refused.refusal)
    this.refused = refused
  }
}

/** One for the document. Whether there is a connection, our own server says, not the browser. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always', staleTime: FRESH_MS } },
  })
}

/** Reads again what could not be read. */
export function readRefusedAgain(client: QueryClient): Promise<void> {
  return client.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
}

/** Reads `path` of the shop that is looked at, once for all who ask; `undefined`: nothing to read yet. */
export function useReading<Value>(
  path: string | undefined,
  { keeps = false }: ReadingOptions = {},
): Reading<Value> {
  const gate = useGate()
  const { shop } = useSession()
  const { data, error, isLoading, refetch } = useQuery<Value, ReadingRefused>({
    queryKey: [shop.key, path],
    enabled: path !== undefined,
    queryFn: () => readOrThrow<Value>(path ?? '', shop.key, gate),
    ...(keeps && { placeholderData: keepPreviousData }),
  })
  return { value: data, refused: error?.refused, isLoading, again: () => void refetch() }
}

/** Reads a list `{ items, nextCursor }` page by page. */
export function useListing<Item>(path: string | undefined): Listing<Item> {
  const gate = useGate()
  const { shop } = useSession()
  const query = useInfiniteQuery({
    queryKey: [shop.key, path, 'listing'],
    enabled: path !== undefined,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      readOrThrow<Page<Item>>(withCursor(path ?? '', pageParam), shop.key, gate),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
  return {
    value: query.data?.pages.flatMap(({ items }) => items),
    refused: query.error instanceof ReadingRefused ? query.error.refused : undefined,
    isLoading: query.isLoading,
    again: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isReadingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    lookedAt: query.data?.pages.reduce((sum, { lookedAt = 0 }) => sum + lookedAt, 0) ?? 0,
  }
}

/** `renews`: paths whose readings are old once it is done, with whatever is below them or asked of them. */
export function useChanging<Input, Value>(
  act: (input: Input) => Promise<Reply<Value>>,
  { renews = [] }: { readonly renews?: readonly string[] } = {},
): Changing<Input, Value> {
  const gate = useGate()
  const { shop } = useSession()
  const client = useQueryClient()
  const [running, setRunning] = useState(0)
  const [refused, setRefused] = useState<Refused | undefined>(undefined)

  async function attempt(input: Input): Promise<Reply<Value>> {
    // Undone from a toast, or after the password, it is still its own shop's: another may be looked at by then.
    const attemptNow = () => about(shop.key, () => act(input))
    const reply = await attemptNow()
    if (reply.refusal !== 'sign_in_again') return reply
    return (await gate.signInAgain()) ? attemptNow() : reply
  }

  async function renew(): Promise<void> {
    const isOld = ({ queryKey }: Query) => renews.some((path) => isWithin(queryKey[1], path))
    const isAccountOld = renews.includes(ACCOUNT_PATH) || renews.includes(SHOPS_PATH)
    await Promise.all([
      renews.length > 0 && client.invalidateQueries({ predicate: isOld }),
      isAccountOld && gate.renewAccount(),
    ])
  }

  async function run(input: Input): Promise<Reply<Value>> {
    setRunning((count) => count + 1)
    const reply = await attempt(input)
    if (reply.refusal === undefined) await renew()
    else pass(reply, gate)
    setRefused(reply.refusal === undefined ? undefined : reply)
    setRunning((count) => count - 1)
    return reply
  }

  return { run, isBusy: running > 0, refused }
}

/** Of its shop, also where it is read anew after another was switched to. */
async function readOrThrow<Value>(path: string, shopKey: string, gate: Gate): Promise<Value> {
  const reply = await about(shopKey, () => read<Value>(path))
  if (reply.refusal === undefined) return reply.value
  pass(reply, gate)
  throw new ReadingRefused(reply)
}

function pass({ refusal }: Refused, gate: Gate): void {
  if (refusal === 'sign_in') gate.signedOut()
  if (refusal === 'offline') gate.lost()
  if (refusal === 'not_found') gate.missed()
}

/** `/api/v1/keys/7?x=1` is within `/api/v1/keys`. */
function isWithin(read: unknown, path: string): boolean {
  if (typeof read !== 'string' || !read.startsWith(path)) return false
  return read.length === path.length || read[path.length] === '/' || read[path.length] === '?'
}

function withCursor(path: string, cursor: string): string {
  if (cursor === '') return path
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`
}

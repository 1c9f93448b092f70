import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Shop } from '#server/core/guards.ts'
import { createLog, type Log } from '#server/core/log.ts'
import type { MailSettings } from '#server/core/mail/settings.ts'
import type { Range } from '#server/core/outbound-address.ts'
import type { Limits } from '#server/core/rate-limit.ts'
import type { Heartbeat } from '#server/core/sockets.ts'
import type { ClamdAddress } from '#server/core/clamd.ts'
import type { S3Settings } from '#server/core/s3-settings.ts'
import { createServer, type RunningServer } from '#server/server.ts'
import { copySqlite } from './templates.ts'

interface ServerOptions {
  readonly redisUrl?: string | undefined
  readonly files?: S3Settings | undefined
  readonly clamd?: ClamdAddress
  /** Without it, SQLite in `dataDir`. */
  readonly databaseUrl?: string | undefined
  /** Without it, a folder of its own, removed at the end. */
  readonly dataDir?: string
  /** The kernel's choice, unless a test starts a server again where the last one was. */
  readonly port?: number
  readonly publicUrl?: string | undefined
  readonly trustedProxies?: readonly string[]
  readonly metricsToken?: string
  readonly limits?: Limits
  readonly now?: () => number
  readonly log?: Log
  /** Without it, mails stay in the outbox. */
  readonly mail?: MailSettings
  /** Of this machine's own net, where webhooks may go. */
  readonly outboundAllow?: readonly Range[]
  /** Of sockets. */
  readonly heartbeat?: Heartbeat | undefined
  /** scrypt's, as a power of two; next to nothing unless a test is about it. */
  readonly passwordCost?: number
  /** Serve the tag and the console too, which must have been built. */
  readonly isBuilt?: boolean
  /** The demo shop with its chat, as a first start makes it; without it, a shop begins with no channel. */
  readonly hasDemoChat?: boolean
}

export interface TestServer {
  /** Where it listens, whatever its public address is. */
  readonly url: string
  readonly shop: Shop
  /** The shop's public key. */
  readonly key: string
  readonly account: RunningServer['account']
  readonly routes: RunningServer['routes']
  readonly members: RunningServer['members']
  readonly chat: RunningServer['chat']
  readonly stop: () => Promise<void>
}

/** No test is a flood unless it says so. */
const WIDE_LIMITS: Limits = {
  address: { burst: 1e6, perSecond: 1e6 },
  key: { burst: 1e6, perSecond: 1e6 },
  visitor: { burst: 1e6, perSecond: 1e6 },
  signIn: { burst: 1e6, perSecond: 1e6 },
}

const QUICK_COST = 2

/** The whole server on a free port. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const ownFolder = options.dataDir === undefined ? await newFolder(options) : undefined
  const { databaseUrl, trustedProxies = [], publicUrl, limits = WIDE_LIMITS, now } = options
  const server = await createServer(
    {
      port: options.port ?? 0,
      host: '127.0.0.1',
      publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl),
      dataDir: options.dataDir ?? ownFolder ?? '',
      databaseUrl,
      redisUrl: options.redisUrl,
      files: options.files,
      clamd: options.clamd,
      trustedProxies,
      geoipFile: undefined,
      metricsToken: options.metricsToken,
      logLevel: 'silent',
      mail: options.mail,
      outboundAllow: options.outboundAllow ?? [],
    },
    {
      limits,
      log: options.log ?? createLog('silent'),
      isUnbuilt: options.isBuilt !== true,
      isDemoSilent: options.hasDemoChat !== true,
      passwordCost: options.passwordCost ?? QUICK_COST,
      ...(now !== undefined && { now }),
      ...(options.heartbeat !== undefined && { heartbeat: options.heartbeat }),
    },
  )
  return {
    url: `http://localhost:${server.port}`,
    shop: server.shop,
    key: server.shop.publicKey,
    account: server.account,
    routes: server.routes,
    members: server.members,
    chat: server.chat,
    async stop() {
      await server.stop()
      if (ownFolder !== undefined) await rm(ownFolder, { recursive: true, force: true })
    },
  }
}

async function newFolder({ databaseUrl }: ServerOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  if (databaseUrl === undefined) await copySqlite(join(folder, 'granplaza.db'))
  return folder
}

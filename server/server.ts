import { join } from 'node:path'
import { CONSOLE_PATH, DOCS_PATH } from '#protocol/names.ts'
import { sessionCookieName } from './account/routes.ts'
import { accessOf, createKeyUses, scopesOf, type Account, type Members } from './account/service.ts'
import { createApp } from './app.ts'
import { refuseHalfRestored } from './backup/restored-files.ts'
import { addChatSockets } from './chat/sockets.ts'
import { DEMO_CHANNEL_ID, type Chat, type ChatFacts } from './chat/service.ts'
import type { Config } from './config.ts'
import type { Route } from './core/api/description.ts'
import { readBuiltFiles } from './core/built-files.ts'
import { createScanner } from './core/clamd.ts'
import { createBus } from './core/bus.ts'
import { trustedProxies } from './core/client-address.ts'
import { systemClock, type Clock } from './core/clock.ts'
import { readExampleFiles } from './core/example-files.ts'
import { createFileStore, type FileStore } from './core/file-store.ts'
import type { ServedFile } from './core/files.ts'
import { createGuards, type Shop } from './core/guards.ts'
import { consoleHeaders, securityHeaders, SHARED_FILE_HEADERS } from './core/headers.ts'
import { listen, type Listening } from './core/listen.ts'
import { createLog, type Log } from './core/log.ts'
import { createOutbound } from './core/outbound.ts'
import { createMemberGuards } from './core/member-guards.ts'
import { createRateLimit, DEFAULT_LIMITS, type Limits } from './core/rate-limit.ts'
import { createS3FileStore } from './core/s3-file-store.ts'
import { openSecretBox } from './core/secret-box.ts'
import { createSecretKeyGuard } from './core/secret-key-guard.ts'
import { openSocketAdapter } from './core/socket-adapter.ts'
import { createSockets, type Heartbeat } from './core/sockets.ts'
import { createWriteKeyGuard } from './core/write-key-guard.ts'
import { createCountryLookup } from './core/country.ts'
import { versionOf } from './core/version.ts'
import { createJobs } from './core/jobs/jobs.ts'
import { createMail } from './core/mail/mail.ts'
import type { Database } from './db/database.ts'
import { ensureEventPartitions } from './db/event-partitions.ts'
import { createDailyBackup } from './daily-backup.ts'
import { databaseHealth } from './db/health.ts'
import { openDatabase } from './db/open-database.ts'
import type { EventsFacts } from './events/service.ts'
import { addLiveView } from './events/sockets.ts'
import { createOperations } from './operations.ts'
import { ROOT, VERSION } from './root.ts'
import { createSlices } from './slices.ts'

/** What tests and benchmarks put in the place of the usual. */
export interface Overrides {
  readonly limits?: Limits
  readonly now?: Clock
  readonly log?: Log
  /** Without what `npm run build` makes: neither tag nor console are served, and the demo shop shows nothing. */
  readonly isUnbuilt?: boolean
  /** scrypt's, as a power of two. */
  readonly passwordCost?: number
  /** Of sockets. */
  readonly heartbeat?: Heartbeat
  /** The demo shop opens without a chat, so that the shop begins without any channel. */
  readonly isDemoSilent?: boolean
}

export interface RunningServer {
  /** Where it is reached from outside, without a final slash. */
  readonly url: string
  /** The one taken, which matters when 0 was asked for. */
  readonly port: number
  readonly account: Account
  readonly members: Members
  readonly chat: Chat
  /** The first shop. */
  readonly shop: Shop
  /** The demo shop is served: it was not deleted. */
  readonly hasDemo: boolean
  /** Finishes what it has begun and lets go of everything, within 10 s. */
  /** Every route there is, for tests that leave none out. */
  readonly routes: readonly Route[]
  readonly stop: () => Promise<void>
}

const DRAIN_PATIENCE_MS = 8_000
const DAY_MS = 86_400_000

/** Opens port and database. Throws a `StartError` or an `UnusableDatabase`, and holds neither, when it can't run. */
export async function createServer(
  config: Config,
  overrides: Overrides = {},
): Promise<RunningServer> {
  const log = overrides.log ?? createLog(config.logLevel)
  const listening = await listen(config.port, config.host)
  try {
    refuseHalfRestored(config.dataDir)
    const db = await openDatabase({
      url: config.databaseUrl,
      file: databaseFile(config),
      onLost: (error) => log.warn({ err: error }, 'A connection to the database was lost'),
    })
    try {
      await db.migrate()
      await ensureEventPartitions(db, (overrides.now ?? systemClock)())
      return await compose({ config, overrides, log, listening, db })
    } catch (error) {
      await db.close()
      throw error
    }
  } catch (error) {
    await listening.drain(0)
    throw error
  }
}

/** SQLite's. */
function databaseFile({ dataDir }: Config): string {
  return join(dataDir, 'granplaza.db')
}

/** Of what people send. */
async function openFileStore({ files, dataDir }: Config, log: Log): Promise<FileStore> {
  if (files !== undefined) return createS3FileStore(files, log)
  return createFileStore(join(dataDir, 'uploads'))
}

interface Parts {
  readonly config: Config
  readonly overrides: Overrides
  readonly log: Log
  readonly listening: Listening
  readonly db: Database
}

/** The composition root: every long-lived part is made here and handed what it uses. */
async function compose({ config, overrides, log, listening, db }: Parts): Promise<RunningServer> {
  const { limits = DEFAULT_LIMITS, now = systemClock } = overrides
  const { server, port } = listening
  const publicUrl = config.publicUrl ?? new URL(`http://localhost:${port}`)

  const bus = createBus<EventsFacts>({ log })
  const chatBus = createBus<ChatFacts>({ log })
  const lookUpPlace = createCountryLookup(
    config.geoipFile === undefined ? {} : { geoipFile: config.geoipFile },
  )
  const jobs = createJobs({ db, now, log })
  const mail = createMail({ db, jobs, now, settings: config.mail })
  const slices = createSlices({
    db,
    bus,
    log,
    now,
    jobs,
    mail,
    outbound: createOutbound({ allowed: config.outboundAllow }),
    box: await openSecretBox(config.dataDir),
    publicUrl,
    lookUpPlace,
    chatBus,
    files: await openFileStore(config, log),
    scan: config.clamd && createScanner(config.clamd, { log }),
    passwordCost: overrides.passwordCost,
    opensDemoChat: overrides.isDemoSilent !== true,
  })
  const { account, members, audit, auditChecks, catalog, imports, feeds, customers, events } =
    slices
  const { retention, targeting, experiences, people, exports, deletion, webhooks } = slices
  const { chatChannels, ingestion, dashboard, chat } = slices
  const shop = await account.firstShop()
  const demo = await account.demoShop()
  if (demo !== undefined && overrides.isUnbuilt !== true) {
    await experiences.management.addDemo(demo.id)
  }

  const cookieName = sessionCookieName(publicUrl)
  const keyUses = createKeyUses({ db, now, log })
  const findKeyHolder = keyUses.watching(account.findKeyHolder)
  const rateLimit = createRateLimit({ limits, now })
  const secretKey = createSecretKeyGuard({ rateLimit, findKeyHolder })
  const cookie = { publicUrl, rateLimit, cookieName, accessOf }
  const guards = {
    ...createGuards({ publicUrl, rateLimit, findKeyHolder }),
    ...createMemberGuards({ ...cookie, ...members, scopesOf, secretKey }),
  }
  const writeKey = createWriteKeyGuard({ publicUrl, rateLimit, findKeyHolder })
  const headers = securityHeaders(publicUrl)
  const files = await readFiles(publicUrl, demo, overrides.isUnbuilt ?? false)
  const isTrusted = trustedProxies(config.trustedProxies)
  const dailyBackup = createDailyBackup(config, now, log)
  const operations = createOperations({
    metricsToken: config.metricsToken,
    version: await versionOf(ROOT),
    dataDir: config.dataDir,
    isFile: (path) => files.has(path),
    database: databaseHealth(db, databaseFile(config)),
    rateLimit,
    bus,
    now,
    waitingRequests: () => ingestion.waiting(),
    waitingJobs: () => jobs.countDue(),
    openSockets: () => sockets.openCount(),
    backedUpAt: dailyBackup?.newestAt,
  })
  const app = {
    guards,
    writeKey,
    rateLimit,
    account,
    members,
    catalog,
    imports,
    feeds,
    audit,
    auditChecks,
    customers,
    events,
    retention,
    targeting,
    experiences,
    people,
    exports,
    deletion,
    ingestion,
    dashboard,
    chat,
    lookUpPlace,
    jobs,
    mail,
    webhooks,
    chatChannels,
    files,
    headers,
    publicUrl,
    version: VERSION,
    publicKey: (demo ?? shop).publicKey,
    now,
    isTrusted,
    log,
    operations,
  }
  const router = createApp(app)

  const socketsGuard = { ...cookie, findSession: members.watchSession, isTrusted }
  const { heartbeat } = overrides
  const carried = await openSocketAdapter({ db, redisUrl: config.redisUrl, log })
  const sockets = createSockets({
    server,
    ...socketsGuard,
    findKeyHolder,
    now,
    log,
    ...(heartbeat !== undefined && { heartbeat }),
    ...(carried !== undefined && { adapter: carried.adapter }),
  })
  const countOnNow = (shopId: number) => events.visitorsOnNow(shopId)
  const experiencesToday = async (shopId: number) =>
    experiences.management.today(await account.shopOf(shopId))
  const stopLiveView = addLiveView({
    sockets,
    bus,
    events,
    log,
    countOnNow,
    experiencesToday,
    peopleOnNow: people.onNow,
  })
  const stopChatSockets = addChatSockets({
    db,
    now,
    log,
    sockets,
    bus: chatBus,
    events: bus,
    chat,
    rateLimit,
    accessOf,
  })
  const partitioning = setInterval(() => {
    ensureEventPartitions(db, now()).catch((error: unknown) => {
      log.error({ err: error }, 'Next month has no partition yet; events go to the default one')
    })
  }, DAY_MS)
  const stopBackups = dailyBackup?.start()
  listening.open(router, headers)
  await customers.resumeImports()
  await jobs.start()
  await imports.resume()
  const stopTargeting = targeting.start()
  const stopTallying = events.start((error) => {
    log.error({ err: error }, 'Names of events could not be counted; it is tried again')
  })
  const stopObserving = catalog.observed.watch()
  const stopCounting = dashboard.start()
  const stopSweeping = chat.start()

  let stopping: Promise<void> | undefined
  async function stop(): Promise<void> {
    clearInterval(partitioning)
    stopBackups?.()
    stopLiveView()
    await stopChatSockets()
    operations.stop()
    sockets.close()
    carried?.close()
    await Promise.all([listening.drain(DRAIN_PATIENCE_MS), jobs.stop(DRAIN_PATIENCE_MS)])
    await ingestion.drain()
    await customers.drain()
    await imports.drain()
    await members.passwordResets.drain()
    await keyUses.drain()
    await stopTargeting()
    await stopTallying()
    await stopObserving()
    await stopCounting()
    await stopSweeping()
    await db.close()
  }

  return {
    url: publicUrl.origin,
    port,
    account,
    members,
    chat,
    shop,
    hasDemo: demo !== undefined,
    routes: router.routes(),
    stop: () => (stopping ??= stop()),
  }
}

async function readFiles(
  publicUrl: URL,
  demo: Shop | undefined,
  isUnbuilt: boolean,
): Promise<Map<string, ServedFile>> {
  // No other shop gets the events of who plays with them.
  const examples =
    demo === undefined
      ? new Map<string, ServedFile>()
      : await readExampleFiles(join(ROOT, 'examples'), {
          SHOP_KEY: demo.publicKey,
          DEMO_CHANNEL: DEMO_CHANNEL_ID,
        })
  if (isUnbuilt) return examples
  const built = await readBuiltFiles(join(ROOT, 'dist'), (path) => {
    if (path === CONSOLE_PATH || path.startsWith(DOCS_PATH)) return consoleHeaders(publicUrl)
    return path.startsWith(`${CONSOLE_PATH}/`) ? {} : SHARED_FILE_HEADERS
  })
  return new Map([...built, ...examples])
}

import type { WireEvent } from '#protocol/events.ts'
import {
  createAccount,
  createAccountMails,
  createMembers,
  createPasswords,
  type Account,
  type Members,
} from './account/service.ts'
import {
  createCatalog,
  createFeeds,
  createFileImports,
  createSearchIndex,
  FEED_LIMITS,
  type Catalog,
  type Feeds,
  type FileImports,
} from './catalog/service.ts'
import { createAudit, createAuditChecks, type Audit, type AuditChecks } from './audit/service.ts'
import {
  chatPartsOf,
  createChannelManagement,
  createKeepAttributes,
  createChat,
  createLauncherState,
  openDemoChannel,
  type ChannelManagement,
  type Chat,
  type ChatFacts,
} from './chat/service.ts'
import type { Bus } from './core/bus.ts'
import type { Clock } from './core/clock.ts'
import { knowsCountries, type Place } from './core/country.ts'
import type { ScanFile } from './core/clamd.ts'
import type { FileStore } from './core/file-store.ts'
import type { Jobs } from './core/jobs/jobs.ts'
import { Refusal } from './core/errors.ts'
import type { Log } from './core/log.ts'
import type { Mail } from './core/mail/mail.ts'
import {
  createCustomers,
  factsOfCustomers,
  type Customers,
  type ToldOrders,
} from './customers/service.ts'
import type { Outbound } from './core/outbound.ts'
import type { SecretBox } from './core/secret-box.ts'
import type { Database } from './db/database.ts'
import {
  createEvents,
  createRetention,
  moveCustomer,
  productsSeen,
  type Events,
  type EventsFacts,
  type Retention,
} from './events/service.ts'
import { createIngestion, type Ingestion } from './ingestion/service.ts'
import { createExperiences, experienceAskingFor, type Experiences } from './experiences/service.ts'
import { createBuyerJudge, createPeople, type People } from './people/service.ts'
import { createTargeting, type Targeting } from './targeting/service.ts'
import { createDashboard, type Dashboard } from './dashboard/service.ts'
import { createDeletion, type Deletion } from './deletion/service.ts'
import { createExports, type Exports } from './export/service.ts'
import { whenErased, whenExpired } from './gone-rows.ts'
import { VERSION } from './root.ts'
import { createWebhooks, type Webhooks } from './webhooks/service.ts'

export interface Slices {
  readonly audit: Audit
  readonly auditChecks: AuditChecks
  readonly account: Account
  readonly catalog: Catalog
  /** Files of products, customers and orders. */
  readonly imports: FileImports
  /** Files of products that are fetched. */
  readonly feeds: Feeds
  readonly members: Members
  readonly customers: Customers
  readonly events: Events
  readonly retention: Retention
  readonly targeting: Targeting
  readonly experiences: Experiences
  readonly people: People
  readonly exports: Exports
  readonly deletion: Deletion
  readonly webhooks: Webhooks
  readonly chatChannels: ChannelManagement
  readonly ingestion: Ingestion
  readonly chat: Chat
  readonly dashboard: Dashboard
}

interface SlicesDeps {
  readonly db: Database
  readonly bus: Bus<EventsFacts>
  readonly chatBus: Bus<ChatFacts>
  /** What people sent. */
  readonly files: FileStore
  /** Undefined: nobody looks for viruses. */
  readonly scan?: ScanFile | undefined
  readonly log: Log
  readonly now: Clock
  readonly jobs: Jobs
  readonly mail: Mail
  readonly outbound: Outbound
  readonly box: SecretBox
  /** Where browsers reach us. */
  readonly publicUrl: URL
  readonly lookUpPlace: (address: string) => Place
  /** scrypt's cost as a power of two, where a test has no time for the usual. */
  readonly passwordCost?: number | undefined
  /** A first shop that is made now gets the demo's chat. */
  readonly opensDemoChat?: boolean
}

/** The slices, each handed what it needs of others: the only place that knows them all. */
export function createSlices(deps: SlicesDeps): Slices {
  const { db, bus, log, now, mail, box, publicUrl, lookUpPlace, passwordCost } = deps
  const audit = createAudit(db)
  const account = createAccount({
    db,
    now,
    ...(deps.opensDemoChat === true && { whenFirstShop: openDemoChannel }),
  })
  const passwords = createPasswords(passwordCost === undefined ? {} : { cost: passwordCost })
  const sendMail = createAccountMails({ db, mail, publicUrl })
  const chatChannels = createChannelManagement({
    db,
    now,
    knowsCountries: knowsCountries(lookUpPlace),
    // Asked for once the slices stand: the chat comes after.
    whenRemoved: (who, channelId) => chat.operators.dismissed(who, channelId),
  })
  const members = createMembers({
    db,
    now,
    jobs: deps.jobs,
    log,
    passwords,
    sendMail,
    box,
    account,
    whenJoined: chatChannels.operators.accepted,
  })
  const currencyOf = async (shopId: number) => (await account.shopOf(shopId)).currency
  const dashboard = createDashboard({ db, now, log })
  const { activeProducts } = dashboard
  const catalog = createCatalog({ db, now, log, box, activeProducts })
  bus.on('event.stored', ({ shopId, events: stored }) => {
    catalog.observed.see(shopId, productsSeen(stored))
  })
  const events = createEvents({ db, now })
  const retention = createRetention({ db, now, jobs: deps.jobs, ...whenExpired })
  const targeting = createTargeting({
    db,
    log,
    now,
    customerParts: factsOfCustomers,
    chatParts: chatPartsOf,
    askerElsewhere: experienceAskingFor,
    // Asked for once the slices stand: webhooks come after.
    tell: (transaction, shopId, facts) => webhooks.tell(transaction, shopId, facts),
  })
  const experiences = createExperiences({
    db,
    now,
    chatParts: chatPartsOf,
    ownOrigin: publicUrl.origin,
  })
  const held = (transaction: Pick<Database, 'sql' | 't'>) => ({
    ...transaction,
    holds: db.raw.dialect === 'postgres',
  })
  const customers = createCustomers({
    db,
    now,
    log,
    account,
    async whenMerged(transaction, shopId, merged) {
      await moveCustomer(transaction, shopId, merged, now())
      const from = { kind: 'customer', shopId, id: merged.from } as const
      const into = { kind: 'customer', shopId, id: merged.into } as const
      await targeting.forget(transaction, from)
      await experiences.onPages.move(held(transaction), { from, into })
      await targeting.customersChanged(held(transaction), shopId, [merged.into])
    },
    whenListed: (transaction, shopId, customerIds) =>
      targeting.customersChanged(held(transaction), shopId, customerIds),
    judgeBuyers: createBuyerJudge({
      handle: { sql: db.sql, t: db.t },
      chatParts: chatPartsOf,
      now,
      timeZoneOf: async (shopId) => (await account.shopOf(shopId)).timeZone,
    }),
    // Asked for once the slices stand: ingestion comes after.
    tellEvents: (shopId, events, told) => tellEvents({ ingestion, account }, shopId, events, told),
  })
  const webhooks = createWebhooks(deps)
  const ingestion = createIngestion({
    db,
    bus,
    log,
    now,
    isSecure: publicUrl.protocol === 'https:',
    lookUpPlace,
    customers,
    targeting,
    experiences: experiences.onPages,
    findPreview: experiences.findPreview,
    tell: webhooks.tell,
    launcherOf: createLauncherState({ db, now, lookUpPlace }),
  })
  const kinds = [catalog.productImport, customers.customerImport, customers.orderImport]
  const imports = createFileImports({ db, now, log, currencyOf, kinds })
  const feeds = createFeeds({
    db,
    now,
    jobs: deps.jobs,
    outbound: deps.outbound,
    index: createSearchIndex(db.raw.dialect),
    timeZoneOf: async (shopId) => (await account.shopOf(shopId)).timeZone,
    imports,
    limits: FEED_LIMITS,
  })
  const chat = createChat({
    db,
    now,
    log,
    mail,
    publicUrl,
    bus: deps.chatBus,
    files: deps.files,
    scan: deps.scan,
    jobs: deps.jobs,
    webhooks,
    whenKnown: (transaction, shopId, whom) =>
      targeting.chatChanged(held(transaction), shopId, whom),
    keepAttributes: createKeepAttributes({
      whenTold: (transaction, shopId, customerId) =>
        targeting.customersChanged(held(transaction), shopId, [customerId]),
    }),
  })
  return {
    audit,
    auditChecks: createAuditChecks({ db, now, log, jobs: deps.jobs, verify: audit.verify }),
    account,
    members,
    catalog,
    imports,
    feeds,
    customers,
    events,
    retention,
    targeting,
    experiences,
    people: createPeople({
      db,
      now,
      jobs: deps.jobs,
      customers,
      catalog,
      chatParts: chatPartsOf,
      ...whenErased,
    }),
    exports: createExports({ db, now, version: VERSION }),
    deletion: createDeletion({ db, now, jobs: deps.jobs, account, box }),
    webhooks,
    chatChannels,
    ingestion,
    chat,
    dashboard,
  }
}

/** What the shop's own server says by the management API becomes events like those that it sends itself. */
async function tellEvents(
  { ingestion, account }: Pick<Slices, 'ingestion' | 'account'>,
  shopId: number,
  events: readonly WireEvent[],
  told: ToldOrders | undefined,
): Promise<void> {
  const shop = await account.shopOf(shopId)
  const results = await ingestion.tell(shop, events, told)
  const fault = results.find(({ result }) => result === 'dropped')
  if (fault !== undefined) {
    throw new Refusal('bad_request', `${fault.reason}: ${fault.detail ?? 'it was not taken'}`)
  }
}

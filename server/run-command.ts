import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EmailSchema } from '#protocol/account.ts'
import { IDENTITY_RULES, type IdentityRule } from '#protocol/customers.ts'
import {
  ACCOUNT_LINK_PAGE_PATH,
  CONSENT_MODES,
  DEFAULT_PORT,
  LIVE_PAGE_PATH,
} from '#protocol/names.ts'
import { createAccount, rescueLinks, SCOPES, type Account } from './account/service.ts'
import { BACKUP_USAGE, backUp, RESTORE_USAGE, restore } from './backup/commands.ts'
import { AUDIT_USAGE, checkAuditLog } from './audit-command.ts'
import { createAudit, type Audit } from './audit/service.ts'
import { openDemoChannel } from './chat/service.ts'
import { readConfig } from './config.ts'
import { systemClock } from './core/clock.ts'
import { parseOptions } from './core/command-options.ts'
import { StartError } from './core/errors.ts'
import type { Shop } from './core/guards.ts'
import { createJobs, type Jobs } from './core/jobs/jobs.ts'
import { createLog } from './core/log.ts'
import { openDatabase } from './db/open-database.ts'
import { JOBS_USAGE, seeJobs } from './jobs-command.ts'
import { ROOT } from './root.ts'
import { snippetOf } from './welcome.ts'

const USAGE = {
  key: `Makes a secret key for a server of the shop's, and prints it once; lists and revokes keys.

  npm run key -- --scope events:write
  npm run key -- --list

  --scope <scope>     what the key may do: ${SCOPES.join(', ')}; may be repeated
  --name <name>       what it is for, so that people can tell keys apart
  --list              shows the keys there are, with when each was used last
  --revoke <ending>   the key that ends so opens nothing from now on
`,
  shop: `Shows the shop, after changing what is named.

  npm run shop
  npm run shop -- --name "Tea & Co" --add-origin https://tea.example

  --name <name>              the shop's name
  --consent <mode>           before a visitor has chosen: ${CONSENT_MODES.join(', ')}
  --time-zone <zone>         whose days and hours conditions mean: America/Bogota
  --currency <code>          of amounts that name none: EUR
  --add-origin <origin>      lets this origin send: https://shop.example, https://*.shop.example
  --remove-origin <origin>   no longer; while none is listed, any may send
  --identity <rule>          who may say who a visitor is: open (any page), required (with a proof only)
  --identity-secret          prints the secret with which your server signs user ids (see docs/identity)
  --rotate-identity-secret   makes a new one; the one before counts until the next rotation
  --identity-key <file>      JWTs are signed with this Ed25519 key (its public half, PEM) from now on
  --link                     prints a link that opens the live page once, within 15 minutes
`,
  backup: BACKUP_USAGE,
  restore: RESTORE_USAGE,
  owner: `Prints a link that makes somebody an owner of the shop: the first one, or one who can't get in any more.

  npm run owner -- --email ana@shop.example

  --email <address>   whose account it is, or will be. Used within an hour, once, the link sets a new password,
                      takes the second factor away and ends every session of that account
`,
}

interface CommandDeps {
  readonly audit: Audit
  readonly jobs: Jobs
  readonly account: Account
  readonly createRescueLink: (shopId: number, email: string) => Promise<string>
  readonly shop: Shop
  /** Where the running server is reached. */
  readonly url: string
}

/** Runs a command with its arguments, and returns what to print. A running server need not stop for it, except to restore. */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const [name, ...rest] = args
  const isHelp = rest.includes('--help') || rest.includes('-h')
  if (name === 'key') return isHelp ? USAGE.key : withAccount(env, (deps) => changeKeys(deps, rest))
  if (name === 'shop')
    return isHelp ? USAGE.shop : withAccount(env, (deps) => changeShop(deps, rest))
  if (name === 'backup') {
    return isHelp ? USAGE.backup : backUp({ place: readConfig(env, ROOT), root: ROOT }, rest)
  }
  if (name === 'restore') {
    return isHelp ? USAGE.restore : restore({ place: readConfig(env, ROOT) }, rest)
  }
  if (name === 'audit-log') {
    return isHelp ? AUDIT_USAGE : withAccount(env, (deps) => checkAuditLog(deps, rest))
  }
  if (name === 'jobs') {
    return isHelp ? JOBS_USAGE : withAccount(env, (deps) => seeJobs(deps, rest))
  }
  if (name === 'owner') {
    return isHelp ? USAGE.owner : withAccount(env, (deps) => rescueOwner(deps, rest))
  }
  return [...Object.values(USAGE), AUDIT_USAGE, JOBS_USAGE].join('\n')
}

async function withAccount(
  env: NodeJS.ProcessEnv,
  run: (deps: CommandDeps) => Promise<string>,
): Promise<string> {
  const config = readConfig(env, ROOT)
  const file = join(config.dataDir, 'granplaza.db')
  const db = await openDatabase({ url: config.databaseUrl, file, role: 'command' })
  try {
    await db.migrate()
    const account = createAccount({ db, now: systemClock, whenFirstShop: openDemoChannel })
    const port = config.port === 0 ? DEFAULT_PORT : config.port
    const url = config.publicUrl?.origin ?? `http://localhost:${port}`
    const createRescueLink = rescueLinks({ db, now: systemClock })
    return await run({
      account,
      audit: createAudit(db),
      // Never started: a running server does the work.
      jobs: createJobs({ db, now: systemClock, log: createLog('error') }),
      createRescueLink,
      shop: await account.firstShop(),
      url,
    })
  } finally {
    await db.close()
  }
}

async function changeKeys({ account, shop }: CommandDeps, args: string[]): Promise<string> {
  const options = {
    scope: { type: 'string', multiple: true },
    list: { type: 'boolean' },
    revoke: { type: 'string' },
    name: { type: 'string' },
  } as const
  const { scope = [], list, revoke, name } = parseOptions(args, options, USAGE.key)
  const asked = [scope.length > 0, list === true, revoke !== undefined].filter(Boolean)
  if (asked.length > 1) throw new StartError(`One thing at a time.\n\n${USAGE.key}`)
  if (revoke !== undefined) {
    await account.revokeSecretKey(shop.id, revoke)
    return `The key that ends in ${revoke} is revoked: a running server refuses it within five seconds.\n`
  }
  if (list === true) return keyList(await account.secretKeys(shop.id))
  const scopes = SCOPES.filter((known) => scope.includes(known))
  const unknown = scope.filter((given) => !SCOPES.some((known) => known === given))
  if (unknown.length > 0)
    throw new StartError(`There is no scope "${unknown.join('", "')}".\n\n${USAGE.key}`)
  if (scopes.length === 0) throw new StartError(`Say what the key may do.\n\n${USAGE.key}`)
  const key = await account.createSecretKey(shop.id, scopes, name?.trim().slice(0, 100))
  return `${key}\n\nKeep it on a server, never in a page. It can't be shown again.\n`
}

function keyList(keys: Awaited<ReturnType<Account['secretKeys']>>): string {
  if (keys.length === 0) return 'There is no secret key. Make one with --scope.\n'
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
  const lines = keys.map(({ ending, name, scopes, createdAt, lastUsedAt }) => {
    const used = lastUsedAt === null ? 'never used' : `used ${dayOf(lastUsedAt)}`
    const called = name === '' ? '' : `  “${name}”`
    return `sec_…${ending}${called}  made ${dayOf(createdAt)}, ${used}  ${scopes.join(', ')}`
  })
  return `${lines.join('\n')}\n`
}

async function changeShop({ account, shop, url }: CommandDeps, args: string[]): Promise<string> {
  const options = {
    name: { type: 'string' },
    consent: { type: 'string' },
    'time-zone': { type: 'string' },
    currency: { type: 'string' },
    'add-origin': { type: 'string', multiple: true },
    'remove-origin': { type: 'string', multiple: true },
    identity: { type: 'string' },
    'identity-secret': { type: 'boolean' },
    'rotate-identity-secret': { type: 'boolean' },
    'identity-key': { type: 'string' },
    link: { type: 'boolean' },
  } as const
  const asked = parseOptions(args, options, USAGE.shop)
  const consent = CONSENT_MODES.find((known) => known === asked.consent)
  // What can be wrong comes first: whoever reads an error believes that nothing was changed.
  if (asked.consent !== undefined && consent === undefined) {
    throw new StartError(`--consent is one of ${CONSENT_MODES.join(', ')}`)
  }
  const rule = IDENTITY_RULES.find((known) => known === asked.identity)
  if (asked.identity !== undefined && rule === undefined) {
    throw new StartError(`--identity is one of ${IDENTITY_RULES.join(', ')}`)
  }
  if (asked['identity-key'] !== undefined) {
    await account.setJwtPublicKey(shop.id, await readKeyFile(asked['identity-key']))
  }
  for (const origin of asked['remove-origin'] ?? []) await account.removeOrigin(shop.id, origin)
  for (const origin of asked['add-origin'] ?? []) await account.addOrigin(shop.id, origin)
  if (asked.name !== undefined) await account.renameShop(shop.id, asked.name)
  if (consent !== undefined) await account.setConsentMode(shop.id, consent)
  if (asked['time-zone'] !== undefined) await account.setTimeZone(shop.id, asked['time-zone'])
  if (asked.currency !== undefined) await account.setCurrency(shop.id, asked.currency)
  if (rule !== undefined) await account.setIdentityRule(shop.id, rule)
  if (asked['rotate-identity-secret'] === true) {
    return secretText(await account.rotateIdentitySecret(shop.id))
  }
  if (asked['identity-secret'] === true) return secretText(await account.identitySecret(shop.id))
  if (asked.link === true) {
    const token = await account.createOneTimeLink(shop.id)
    return `${url}${LIVE_PAGE_PATH}#${token}\n\nOpens once, within 15 minutes.\n`
  }
  const { rule: identityRule } = await account.proofSettings(shop.id)
  return describe(await account.shopOf(shop.id), identityRule, url)
}

async function rescueOwner(
  { createRescueLink, shop, url }: CommandDeps,
  args: string[],
): Promise<string> {
  const { email } = parseOptions(args, { email: { type: 'string' } } as const, USAGE.owner)
  const address = EmailSchema.safeParse(email)
  if (!address.success) throw new StartError(`Say whose account it is.\n\n${USAGE.owner}`)
  const token = await createRescueLink(shop.id, address.data)
  return `${url}${ACCOUNT_LINK_PAGE_PATH}#${token}\n\nMakes ${address.data} an owner of “${shop.name}”, once, within an hour.\n`
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new StartError(`The file ${file} can't be read`, { cause })
  }
}

function secretText(secret: string): string {
  return `${secret}\n\nIt signs user ids: keep it on your server, never in a page.\n`
}

function describe(
  { name, publicKey, consentMode, timeZone, currency, origins }: Shop,
  identityRule: IdentityRule,
  url: string,
): string {
  const lines = [
    `Name         ${name}`,
    `Public key   ${publicKey}`,
    `Snippet      ${snippetOf(url, publicKey)}`,
    `Consent      ${consentMode}`,
    `Time zone    ${timeZone}`,
    `Currency     ${currency}`,
    `Identity     ${identityRule}`,
    `Origins      ${origins.length === 0 ? 'none listed: any may send' : origins.join('\n             ')}`,
  ]
  return `${lines.join('\n')}\n`
}

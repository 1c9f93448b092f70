import { isAbsolute, join, resolve } from 'node:path'
import { DEFAULT_PORT } from '#protocol/names.ts'
import { readClamdAddress, type ClamdAddress } from './core/clamd.ts'
import { isAddressRange } from './core/client-address.ts'
import { StartError } from './core/errors.ts'
import { LOG_LEVELS, type LogLevel } from './core/log.ts'
import { readRange, type Range } from './core/outbound-address.ts'
import { readS3Settings, type S3Settings } from './core/s3-settings.ts'
import { readMailSettings, type MailSettings } from './core/mail/settings.ts'

export interface Config {
  /** 0: any free one. */
  readonly port: number
  readonly host: string
  /** Undefined: `http://localhost:<port>`, once the port is known. */
  readonly publicUrl: URL | undefined
  /** Absolute. */
  readonly dataDir: string
  /** Undefined: SQLite in `dataDir`. */
  readonly databaseUrl: string | undefined
  /** Carries chats between processes; else PostgreSQL does. */
  readonly redisUrl?: string | undefined
  /** Asked about each file that people send; undefined: nobody is. */
  readonly clamd?: ClamdAddress | undefined
  /** Undefined: files that people send stay in `dataDir`. */
  readonly files?: S3Settings | undefined
  readonly trustedProxies: readonly string[]
  /** An MMDB of cities; without it only the country of an address is known. */
  readonly geoipFile: string | undefined
  /** Absolute: gets a backup a day. */
  readonly backupDir?: string | undefined
  /** Opens `/metrics`; without it there is none. */
  readonly metricsToken?: string | undefined
  readonly logLevel: LogLevel
  /** Undefined: mails stay in the outbox. */
  readonly mail: MailSettings | undefined
  /** Of our own net, where webhooks may go; else they go to the net at large only. */
  readonly outboundAllow: readonly Range[]
}

const MIN_TOKEN_CHARS = 16

/** Settings as a person wrote them: those that are wrong collect here, to be told all at once. */
type Complaints = string[]

/** Reads every setting; `root` is the project's folder. One `StartError` names all that are wrong. */
export function readConfig(env: Readonly<NodeJS.ProcessEnv>, root: string): Config {
  const complaints: Complaints = []
  // Set to nothing counts as not set: Node takes an empty host for every address there is.
  const dataDir = env.DATA_DIR || './data'
  const config: Config = {
    port: readPort(env.PORT, complaints),
    host: env.HOST || '127.0.0.1',
    publicUrl: readPublicUrl(env.PUBLIC_URL, complaints),
    dataDir: isAbsolute(dataDir) ? dataDir : join(root, dataDir),
    databaseUrl: readDatabaseUrl(env.DATABASE_URL, complaints),
    redisUrl: readRedisUrl(env.REDIS_URL, complaints),
    files: readS3Settings(env, complaints),
    clamd: readClamdAddress(env.CLAMD_URL, complaints),
    trustedProxies: readProxies(env.TRUSTED_PROXIES, complaints),
    geoipFile: env.GEOIP_FILE || undefined,
    backupDir: env.BACKUP_DIR ? resolve(root, env.BACKUP_DIR) : undefined,
    metricsToken: readMetricsToken(env.METRICS_TOKEN, complaints),
    logLevel: readLogLevel(env.LOG_LEVEL, complaints),
    mail: readMailSettings(env, complaints),
    outboundAllow: readOutbound(env.OUTBOUND_ALLOW, complaints),
  }
  if (complaints.length === 0) return config
  throw new StartError(
    `Settings that can't be used:\n${complaints.map((line) => `  ${line}`).join('\n')}`,
  )
}

function readPort(text: string | undefined, complaints: Complaints): number {
  if (text === undefined || text === '') return DEFAULT_PORT
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  complaints.push(`PORT is "${text}": it must be a number from 0 to 65535`)
  return DEFAULT_PORT
}

function readPublicUrl(text: string | undefined, complaints: Complaints): URL | undefined {
  if (text === undefined || text === '') return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url !== undefined && isWeb && `${url.origin}/` === url.href) return url
  complaints.push(`PUBLIC_URL is "${text}": write it like https://gp.myshop.com, without a path`)
  return undefined
}

function readDatabaseUrl(text: string | undefined, complaints: Complaints): string | undefined {
  if (text === undefined || text === '') return undefined
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text
  // Not repeated here: it may hold a password.
  complaints.push('DATABASE_URL must be like postgres://user:password@host:5432/database')
  return undefined
}

function readRedisUrl(text: string | undefined, complaints: Complaints): string | undefined {
  if (text === undefined || text === '') return undefined
  if (/^rediss?:\/\//.test(text) && URL.canParse(text)) return text
  // Not repeated here: it may hold a password.
  complaints.push('REDIS_URL must be like redis://user:password@host:6379, or rediss:// for TLS')
  return undefined
}

function readProxies(text: string | undefined, complaints: Complaints): string[] {
  const ranges = (text ?? '').split(',').map((range) => range.trim())
  const named = ranges.filter((range) => range !== '')
  for (const range of named.filter((candidate) => !isAddressRange(candidate))) {
    complaints.push(`TRUSTED_PROXIES has "${range}": write addresses or ranges like 10.0.0.0/8`)
  }
  return named
}

function readMetricsToken(text: string | undefined, complaints: Complaints): string | undefined {
  if (text === undefined || text === '') return undefined
  // Not repeated here: it is a secret.
  if (text.length < MIN_TOKEN_CHARS || /\s/.test(text)) {
    complaints.push(`METRICS_TOKEN must have at least ${MIN_TOKEN_CHARS} characters and no space`)
  }
  return text
}

function readOutbound(text: string | undefined, complaints: Complaints): Range[] {
  const named = (text ?? '').split(',').map((range) => range.trim())
  return named.flatMap((range) => {
    const read = range === '' ? undefined : readRange(range)
    if (read === undefined && range !== '') {
      complaints.push(`OUTBOUND_ALLOW has "${range}": write addresses or ranges like 10.0.0.0/8`)
    }
    return read === undefined ? [] : [read]
  })
}

function readLogLevel(text: string | undefined, complaints: Complaints): LogLevel {
  if (text === undefined || text === '') return 'info'
  const level = LOG_LEVELS.find((name) => name === text)
  if (level === undefined) {
    complaints.push(`LOG_LEVEL is "${text}": use one of ${LOG_LEVELS.join(', ')}`)
  }
  return level ?? 'info'
}

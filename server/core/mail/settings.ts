import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { MailAddress } from '#protocol/mail.ts'
import { mailAddress, readMailbox } from './addresses.ts'

/** How mail leaves. */
export interface MailSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; else by STARTTLS where the server offers it. */
  readonly isSecure: boolean
  readonly login: { readonly user: string; readonly password: string } | undefined
  readonly from: MailAddress
  readonly dkim: DkimSettings | undefined
}

export interface DkimSettings {
  readonly domain: string
  readonly selector: string
  /** PEM, RSA. */
  readonly privateKey: string
}

type Environment = Readonly<Record<string, string | undefined>>

const PORTS = { 'smtp:': 587, 'smtps:': 465 }

/** Settings of mail; undefined without `SMTP_URL`. Adds what is wrong to `complaints`, and never repeats a password. */
export function readMailSettings(env: Environment, complaints: string[]): MailSettings | undefined {
  const { SMTP_URL: address = '', MAIL_FROM: sender = '' } = env
  const from = readMailbox(sender)
  if (sender !== '' && from === undefined) {
    complaints.push(`MAIL_FROM is "${sender}": write it like My Shop <mail@myshop.com>`)
  }
  const dkim = readDkim(env, complaints)
  if (address === '') return undefined
  if (sender === '') complaints.push('MAIL_FROM is missing: mails need a sender with SMTP_URL')
  const url = URL.canParse(address) ? new URL(address) : undefined
  const protocol = url?.protocol
  if (url === undefined || url.hostname === '' || (protocol !== 'smtp:' && protocol !== 'smtps:')) {
    complaints.push('SMTP_URL must be like smtp://user:password@mail.myshop.com:587')
    return undefined
  }
  if (from === undefined) return undefined
  const [user, password] = [decoded(url.username), decoded(url.password)]
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? PORTS[protocol] : Number(url.port),
    isSecure: protocol === 'smtps:',
    login: user === '' ? undefined : { user, password },
    from,
    dkim,
  }
}

function readDkim(env: Environment, complaints: string[]): DkimSettings | undefined {
  const { DKIM_DOMAIN: domain = '', DKIM_SELECTOR: selector = '', DKIM_KEY_FILE: file = '' } = env
  if (domain === '' && selector === '' && file === '') return undefined
  const isNamed = mailAddress(`a@${domain}`) !== undefined && /^[\w.-]{1,100}$/.test(selector)
  if (!isNamed || file === '') {
    complaints.push('DKIM needs all of DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE')
    return undefined
  }
  const privateKey = readKey(file)
  if (privateKey !== undefined) return { domain, selector, privateKey }
  complaints.push(`DKIM_KEY_FILE is "${file}": it must be a readable RSA private key in PEM`)
  return undefined
}

/** With a key that can't sign, mails would go out unsigned, and nobody would know. */
function readKey(file: string): string | undefined {
  try {
    const pem = readFileSync(file, 'utf8')
    return createPrivateKey(pem).asymmetricKeyType === 'rsa' ? pem : undefined
  } catch {
    // Missing, unreadable or no key: for whoever set it, all the same.
    return undefined
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that was meant as one.
    return text
  }
}

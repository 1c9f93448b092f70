import { dirname } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { NewInvitation, OwnShop } from '#protocol/account.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import {
  consoleClient,
  PASSWORD,
  setUpOwner,
  tokenIn,
  type ConsoleClient,
} from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startMailSink, type MailSink } from '../../support/mail-sink.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const OWNER = 'ana@shop.example'
const PUBLIC_URL = 'https://plaza.example'
const NEW = 'Otra contraseña mejor'

eachDatabase('mails to members', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let db: Database
  let sink: MailSink
  const start = async ({ address: { url, file = '' } }: FreshDatabase, smtpPort?: number) => {
    const from = { address: 'plaza@plaza.example', name: 'Plaza' }
    const mail = { host: '127.0.0.1', isSecure: false, login: undefined, from, dkim: undefined }
    return startServer({
      ...(url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }),
      publicUrl: PUBLIC_URL,
      ...(smtpPort !== undefined && { mail: { ...mail, port: smtpPort } }),
    })
  }
  beforeAll(async () => {
    database = await fresh()
    sink = await startMailSink()
    server = await start(database, sink.port)
    db = await openDatabase({ ...database.address, role: 'command' })
  })
  afterAll(async () => {
    await db.close()
    await server.stop()
    await sink.stop()
    await database.remove()
  })

  let owner: ConsoleClient
  /** How many have arrived before. */
  let before: number
  beforeEach(async () => {
    await db.sql.delete(db.t.members)
    owner = await setUpOwner(server, OWNER)
    before = sink.arrived.length
  })

  const speak = async (client: ConsoleClient, ...languages: string[]) => {
    const { name, alias, timeZone, preferences } = await client.account()
    const profile = { name, alias, languages, timeZone, preferences }
    await client.told('PUT', '/account', profile)
  }
  const invite = (by: ConsoleClient, email: string) =>
    by.told<NewInvitation>('POST', '/invitations', { email, roles: ['operator'] })
  const mailTo = (address: string) =>
    vi.waitFor(
      () => {
        const mail = sink.arrived.slice(before).find(({ to }) => to.includes(address))
        if (mail === undefined) throw new Error(`Nothing has arrived for ${address}`)
        return { ...mail, ...readable(mail.raw) }
      },
      { timeout: 10_000, interval: 20 },
    )
  const accept = (token: string, body: object) =>
    consoleClient(server).ask('POST', '/account/accepted-links', { token, ...body })

  it('bring somebody in, in the language of who invited them', async () => {
    await speak(owner, 'es-CO', 'en')
    const { isMailed, link } = await invite(owner, 'rosa@shop.example')

    const mail = await mailTo('rosa@shop.example')
    const [mailed = ''] = linksIn(mail.text)

    expect(isMailed).toBe(true)
    expect(mailed).toBe(link)
    expect(linksIn(mail.html)).toEqual([link])
    expect(mail.subject).toBe(`Tu invitación a ${server.shop.name}`)
    expect(mail.headers).toMatch(/^Content-Language: es$/m)
    const body = { name: 'Rosa', password: PASSWORD }
    expect(await accept(tokenIn(mailed), body)).toMatchObject({ status: 204 })
  })

  it.each([
    { languages: ['es-CO'], subject: 'Una contraseña nueva para Granplaza' },
    { languages: ['fr', 'pt-BR'], subject: 'Uma nova senha para o Granplaza' },
    { languages: ['vi'], subject: 'Mật khẩu mới cho Granplaza' },
    { languages: ['fr'], subject: 'A new password for Granplaza' },
    { languages: [], subject: 'A new password for Granplaza' },
  ])('let people who speak $languages choose a new password', async ({ languages, subject }) => {
    await speak(owner, ...languages)
    await consoleClient(server).told('POST', '/account/password-resets', { email: OWNER })

    const mail = await mailTo(OWNER)
    const [link = ''] = linksIn(mail.text)

    expect(mail.subject).toBe(subject)
    expect(link).toMatch(/^https:\/\/plaza\.example\/console\/link#[\w-]{43}$/)
    expect(await accept(tokenIn(link), { password: NEW })).toMatchObject({ status: 204 })
    const signIn = { email: OWNER, password: NEW }
    const client = consoleClient(server)
    expect(await client.ask('POST', '/account/sign-in', signIn)).toMatchObject({ status: 204 })
  })

  it('are neither more nor other than they should be, whatever a shop is called', async () => {
    const name = 'Evil"\r\nBcc: eve@evil.example\r\n\r\n<img src=x onerror=alert(1)>\u202e'
    const { key } = await owner.told<OwnShop>('POST', '/shops', { name, currency: 'COP' })
    const client = consoleClient(server, key, owner.cookie)
    await invite(client, 'victim@shop.example')

    const mail = await mailTo('victim@shop.example')

    expect(mail.to).toEqual(['victim@shop.example'])
    expect(mail.headers).not.toMatch(/^bcc:/im)
    expect(mail.subject).toBe(
      'Your invitation to Evil" Bcc: eve@evil.example <img src=x onerror=alert(1)>',
    )
    expect(mail.html).toContain('&lt;img src=x')
    expect(mail.html).not.toContain('<img')
    expect(mail.text).not.toContain('\u202e')
  })

  it('show nobody else in the outbox what they open', async () => {
    await invite(owner, 'luz@shop.example')
    await mailTo('luz@shop.example')

    const { items } = await owner.told<{ items: { id: string; to: { address: string } }[] }>(
      'GET',
      '/mail/messages',
    )
    const listed = items.find(({ to }) => to.address === 'luz@shop.example')
    const shown = await owner.told('GET', `/mail/messages/${listed?.id}`)

    expect(shown).toMatchObject({ kind: 'invitation', text: null, html: null })
  })

  it('stay unwritten without a mail server: whoever invites hands the link on', async () => {
    const own = await fresh()
    const mute = await start(own)
    try {
      const client = await setUpOwner(mute, OWNER)
      const { isMailed, link } = await invite(client, 'sol@shop.example')
      await consoleClient(mute).told('POST', '/account/password-resets', { email: OWNER })
      await mute.members.passwordResets.drain()

      expect(isMailed).toBe(false)
      const body = { token: tokenIn(link), name: 'Sol', password: PASSWORD }
      const accepted = consoleClient(mute).ask('POST', '/account/accepted-links', body)
      expect(await accepted).toMatchObject({ status: 204 })
      expect(await client.told('GET', '/mail/messages')).toMatchObject({ items: [] })
    } finally {
      await mute.stop()
      await own.remove()
    }
  })
})

/** What of a mail people see; its two parts, decoded. */
function readable(raw: string) {
  const [head = ''] = raw.split('\r\n\r\n', 1)
  const headers = head.replaceAll(/\r\n[ \t]+/g, ' ').replaceAll('\r\n', '\n')
  const subject = /^Subject: (.*)$/m.exec(headers)?.[1] ?? ''
  const partOf = (type: string) => {
    const part = raw.split(/\r\n--.*\r\n/).find((it) => it.startsWith(`Content-Type: ${type}`))
    const [about = '', ...body] = (part ?? '').split('\r\n\r\n')
    const isBase64 = about.includes('base64')
    const text = body.join('\r\n\r\n')
    return isBase64
      ? Buffer.from(text, 'base64').toString()
      : octets(text.replaceAll(/=\r\n/g, '')).replaceAll('\r\n', '\n')
  }
  return { headers, subject: words(subject), text: partOf('text/plain'), html: partOf('text/html') }
}

/** RFC 2047. */
function words(header: string): string {
  const joined = header.replaceAll(/\?=\s+=\?/g, '?==?')
  return joined.replaceAll(/=\?UTF-8\?([QB])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64').toString()
      : octets(text.replaceAll('_', ' ')),
  )
}

/** Quoted-printable. */
function octets(text: string): string {
  const bytes = text.replaceAll(/=([\dA-F]{2})/gi, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString()
}

function linksIn(text: string): string[] {
  return text.match(/https:\/\/[^\s"<]+/g) ?? []
}

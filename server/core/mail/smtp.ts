import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Composed } from './compose.ts'
import type { MailSettings } from './settings.ts'

/** What the mail server said, or that it said nothing. */
export class MailFault extends Error {
  override readonly name = 'MailFault'
  /** `later`: try again; `never`: this mail can't be sent; `unknown`: it may have arrived. */
  readonly kind: 'later' | 'never' | 'unknown'

  constructor(kind: MailFault['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

const SECOND = 1_000
/** Commands whose refusal concerns this mail alone; any other is the server's or the settings' fault. */
const OF_THIS_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA'])

/** Connects and signs in, `use`s the connection, and leaves. Throws a `MailFault`. */
async function withConnection<T>(
  settings: MailSettings,
  signal: AbortSignal,
  use: (connection: SMTPConnection) => Promise<T>,
): Promise<T> {
  const connection = new SMTPConnection({
    host: settings.host,
    port: settings.port,
    secure: settings.isSecure,
    // A password goes to no server in clear, except to one on this machine.
    requireTLS: settings.login !== undefined && !isLoopback(settings.host),
    connectionTimeout: 10 * SECOND,
    greetingTimeout: 10 * SECOND,
    dnsTimeout: 10 * SECOND,
    socketTimeout: 60 * SECOND,
    maxResponseSize: 16_384,
  })
  const { login } = settings
  const stop = () => connection.close()
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject)
      connection.connect((error) => (error ? reject(error) : resolve()))
      signal.addEventListener('abort', () => reject(new Error('The server stops')), { once: true })
    })
    // Its faults are told to whoever waits for an answer; here they must only not end the process.
    connection.on('error', stop)
    if (login !== undefined) {
      await answered((done) => {
        connection.login(
          { user: login.user, credentials: { user: login.user, pass: login.password } },
          done,
        )
      })
    }
    const used = await use(connection)
    connection.quit()
    return used
  } catch (error) {
    connection.on('error', stop)
    stop()
    throw error
  }
}

/** Asks the mail server whether it lets us in. Throws a `MailFault` that says why not. */
export async function checkServer(settings: MailSettings, signal: AbortSignal): Promise<void> {
  try {
    await withConnection(settings, signal, async () => undefined)
  } catch (error) {
    throw new MailFault('later', messageOf(error), { cause: error })
  }
}

/**
 * Hands one mail over. `begin` is called when the server is about to take the message, and before a byte of it leaves;
 * where it throws, nothing does. Throws a `MailFault`.
 */
export async function sendMail(
  settings: MailSettings,
  { envelope, message }: Composed,
  { begin, signal }: { readonly begin: () => Promise<void>; readonly signal: AbortSignal },
): Promise<void> {
  let beginning: Promise<void> | undefined
  let [isOver, hasLeft] = [false, false]
  async function* pieces() {
    beginning = begin()
    await beginning
    // The connection may have ended meanwhile.
    if (isOver) return
    hasLeft = true
    yield message
  }
  try {
    await withConnection(settings, signal, (connection) =>
      answered((done) => {
        const size = message.length
        connection.send({ ...envelope, size }, Readable.from(pieces(), { objectMode: false }), done)
      }),
    )
  } catch (error) {
    isOver = true
    await beginning?.catch(() => undefined)
    throw new MailFault(kindOf(error, hasLeft), messageOf(error), { cause: error })
  }
}

/** `hasLeft`: some of the message was sent, so that only an answer to it says what became of it. */
function kindOf(error: unknown, hasLeft: boolean): MailFault['kind'] {
  const { command, responseCode: code, originalCode, code: type } = factsOf(error)
  const isAnswer = code !== undefined && (!hasLeft || command === 'DATA')
  if (hasLeft && !isAnswer) return 'unknown'
  if (isAnswer && code >= 500 && OF_THIS_MAIL.has(command ?? '')) return 'never'
  // Too large for the server, or an address that it has no word for: nobody was asked.
  const isOurs = code === undefined && originalCode === undefined
  return isOurs && (type === 'EENVELOPE' || type === 'EMESSAGE') ? 'never' : 'later'
}

interface Facts {
  readonly command?: string
  readonly responseCode?: number
  readonly code?: string
  readonly originalCode?: string
}

function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return {}
  const { command, responseCode, code, originalCode }: Record<string, unknown> = Object.fromEntries(
    Object.entries(error),
  )
  return {
    ...(typeof command === 'string' && { command }),
    ...(typeof responseCode === 'number' && { responseCode }),
    ...(typeof code === 'string' && { code }),
    ...(typeof originalCode === 'string' && { originalCode }),
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function answered(ask: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    ask((error) => (error ? reject(error) : resolve()))
  })
}

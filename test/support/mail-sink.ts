import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { MailSettings } from '#server/core/mail/settings.ts'

/** A mail as it arrived. */
export interface Arrived {
  readonly from: string
  readonly to: readonly string[]
  /** With its headers, as sent. */
  readonly raw: string
  readonly messageId: string
}

/**
 * What the sink says to a mail, and when: an SMTP code, or nothing, ending the connection. A message that it has read
 * whole and says nothing to has arrived.
 */
export interface Answer {
  readonly at: 'recipient' | 'message'
  readonly code: number | 'drop'
}

export interface MailSink {
  readonly port: number
  /** Of a server whose mail comes here. */
  readonly settings: MailSettings
  readonly arrived: readonly Arrived[]
  readonly stop: () => Promise<void>
}

/** A mail server that says to each recipient what `script` says, and takes what it says nothing of. */
export async function startMailSink(
  script: (recipient: string) => Answer | undefined = () => undefined,
  options: SMTPServerOptions = {},
): Promise<MailSink> {
  const arrived: Arrived[] = []
  const sockets = new Map<number, Socket>()
  const answers = new Map<string, Answer | undefined>()

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    logger: false,
    closeTimeout: 50,
    ...options,
    onRcptTo({ address }, session, done) {
      const answer = script(address)
      answers.set(session.id, answer)
      if (answer?.at !== 'recipient') done()
      else if (answer.code === 'drop') sockets.get(session.remotePort)?.destroy()
      else done(coded(answer.code))
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      // Its sender was killed: nothing has arrived.
      stream.on('error', () => undefined)
      stream.on('end', () => {
        const answer = answers.get(session.id)
        if (typeof answer?.code === 'number') {
          done(coded(answer.code))
          return
        }
        const raw = Buffer.concat(pieces).toString()
        const { mailFrom, rcptTo } = session.envelope
        arrived.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw,
          messageId: /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? '',
        })
        if (answer?.code === 'drop') sockets.get(session.remotePort)?.destroy()
        else done()
      })
    },
  })
  // Of connections that clients, or the script, have ended.
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  const port = await listening(server)
  const from = { address: 'shop@shop.example', name: 'Shop' }
  const plain = { host: '127.0.0.1', port, isSecure: false, login: undefined, dkim: undefined }
  return {
    port,
    settings: { ...plain, from },
    arrived,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  }
}

function coded(code: number): Error {
  return Object.assign(new Error('As the test says'), { responseCode: code })
}

async function listening(server: SMTPServer): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given')
  return address.port
}

import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** The file that every scanner knows (eicar.org); in halves, so that this one is not found. */
export const EICAR = [
  String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$`,
  'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*',
].join('')

const COMMAND = 'zINSTREAM\0'

export interface SmallClamd {
  readonly port: number
  /** How many bytes each file had that came whole. */
  readonly looked: number[]
  /** In place of what it found. */
  says: string | undefined
  isSilent: boolean
  readonly stop: () => Promise<void>
}

/** Speaks `INSTREAM` as clamd does, over TCP, or at a path. Knows one virus. */
export async function startClamd(at: { path?: string; port?: number } = {}): Promise<SmallClamd> {
  const open = new Set<Socket>()
  const looked: number[] = []
  const server: Server = createServer((socket) => {
    open.add(socket)
    let heard = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk])
      const file = fileIn(heard)
      if (file === undefined) return
      looked.push(file.length)
      if (clamd.isSilent) return
      const found = file.includes(EICAR) ? 'Win.Test.EICAR_HDB-1 FOUND' : 'OK'
      socket.end(`${clamd.says ?? `stream: ${found}`}\0`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    if (at.path === undefined) server.listen(at.port ?? 0, '127.0.0.1', resolve)
    else server.listen(at.path, resolve)
  })
  const address = server.address() as AddressInfo | string
  const clamd: SmallClamd = {
    port: typeof address === 'string' ? 0 : address.port,
    looked,
    says: undefined,
    isSilent: false,
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return clamd
}

/** Undefined: there is more to come. */
function fileIn(heard: Buffer): Buffer | undefined {
  if (heard.length < COMMAND.length) return undefined
  if (heard.subarray(0, COMMAND.length).toString() !== COMMAND) throw new Error('Another command')
  const parts: Buffer[] = []
  for (let at = COMMAND.length; at + 4 <= heard.length;) {
    const length = heard.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    const part = heard.subarray(at + 4, at + 4 + length)
    if (part.length < length) return undefined
    parts.push(part)
    at += 4 + length
  }
  return undefined
}

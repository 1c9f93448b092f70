import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScanner, type ClamdAddress } from '#server/core/clamd.ts'
import { createLog } from '#server/core/log.ts'
import { chatPage, openChannel } from '../../support/chat.ts'
import { EICAR, startClamd, type SmallClamd } from '../../support/clamd.ts'
import { setUpOwner } from '../../support/console-client.ts'
import { pngOf } from '../../support/image-headers.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const CLEAN = Buffer.concat([pngOf(1, 1)], 300_000)
const INFECTED = Buffer.concat([pngOf(1, 1), Buffer.from(EICAR)])

describe.each(['TCP', 'a path'] as const)('a file in a chat, with clamd at %s', (by) => {
  let folder: string
  let clamd: SmallClamd
  let address: ClamdAddress
  let server: TestServer
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gp-clamd-'))
    const path = join(folder, 'clamd.ctl')
    clamd = await startClamd(by === 'TCP' ? {} : { path })
    address = by === 'TCP' ? { host: '127.0.0.1', port: clamd.port } : { path }
    server = await startServer({ dataDir: join(folder, 'data'), clamd: address })
  })
  afterEach(async () => {
    await server.stop()
    await clamd.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function opened() {
    const owner = await setUpOwner(server)
    const page = chatPage(server, (await openChannel(owner)).id)
    const { conversation } = await page.begin()
    return { owner, page, conversation }
  }
  /** Files on the disk, whatever their folders. */
  async function stored(): Promise<number> {
    const paths = await readdir(join(folder, 'data'), { recursive: true })
    return paths.filter((path) => /^uploads\/(.+\/)?[\w-]{43}$/.test(path)).length
  }

  it('is taken where nothing was found in the whole of it', async () => {
    const { page } = await opened()

    expect(await page.upload(CLEAN)).toMatchObject({ status: 201 })
    expect(clamd.looked).toEqual([CLEAN.length])
    expect(await stored()).toBe(1)
  })

  it('is refused where a virus was found, whoever sends it, and nothing of it is kept', async () => {
    const { owner, page, conversation } = await opened()
    const message = expect.stringContaining('virus')
    const refused = { status: 400, json: { error: { code: 'bad_request', message } } }

    expect(await page.upload(INFECTED)).toMatchObject(refused)
    const path = `/chat/conversations/${conversation.id}/attachments?name=a.png`
    expect(await owner.ask('POST', path, INFECTED)).toMatchObject(refused)
    expect(clamd.looked).toHaveLength(2)
    expect(await stored()).toBe(0)
    expect(await page.upload(CLEAN)).toMatchObject({ status: 201 })
  })

  it('is refused for the moment while clamd is away, and the chat goes on', async () => {
    const { page } = await opened()
    await clamd.stop()
    const error = { code: 'unavailable', message: expect.stringContaining('try again later') }

    expect(await page.upload(CLEAN)).toMatchObject({ status: 503, json: { error } })
    expect(await stored()).toBe(0)
    await expect(page.begin('Sigo aquí')).resolves.toHaveProperty('message')
    clamd = await startClamd('path' in address ? address : { port: address.port })
    expect(await page.upload(CLEAN)).toMatchObject({ status: 201 })
  })

  it.each(['INSTREAM size limit exceeded. ERROR', 'UNKNOWN COMMAND', 'OK', 'x'.repeat(9_000)])(
    'is refused for the moment where it answers neither yes nor no: %.20s',
    async (says) => {
      const { page } = await opened()
      clamd.says = says

      expect(await page.upload(CLEAN)).toMatchObject({ status: 503 })
      expect(await stored()).toBe(0)
    },
  )

  it('is refused for the moment where it never answers', async () => {
    clamd.isSilent = true
    const scan = createScanner(address, { log: createLog('silent'), timeoutMs: 50 })

    await expect(scan(CLEAN)).rejects.toMatchObject({ code: 'unavailable' })
  })
})

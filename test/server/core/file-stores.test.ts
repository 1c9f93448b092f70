import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFileStore, type FileStore } from '#server/core/file-store.ts'
import { createLog } from '#server/core/log.ts'
import { createS3FileStore } from '#server/core/s3-file-store.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'

const SECRET = 'its/secret+key'
const NAMES = ['first_name-0000000', 'other_name-0000000', 'third_name-0000000']
const log = createLog('silent')

let s3: S3Server
let folder: string
beforeAll(async () => {
  s3 = await startS3Server(SECRET)
  folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
})
afterAll(async () => {
  await s3.close()
  await rm(folder, { recursive: true })
})

function s3Store(secretAccessKey = SECRET, url = s3.url): Promise<FileStore> {
  return createS3FileStore({ url, accessKeyId: 'id', secretAccessKey, region: 'eu-west-1' }, log)
}

describe.each([
  { where: 'on disk', open: async () => createFileStore(folder) },
  { where: 'in S3', open: () => s3Store() },
])('files $where', ({ open }) => {
  it('are read as they were written, found by their age, and gone once removed', async () => {
    const files = await open()
    const content = Buffer.from([0, 255, 10, 13, 60])
    for (const name of NAMES) await files.write(name, content)

    expect(await files.read('first_name-0000000')).toEqual(content)
    expect(await namesOf(files, Date.now() + 60_000)).toEqual(NAMES)
    expect(await namesOf(files, Date.now() - 60_000)).toEqual([])
    for (const name of NAMES) await files.remove(name)
    expect(await files.read('first_name-0000000')).toBeUndefined()
    await files.remove('first_name-0000000')
    expect(await namesOf(files, Date.now() + 60_000)).toEqual([])
  })

  it.each(['../../etc/passwd', 'short', 'a%2f..%2f..%2f..%2fsecret', 'a/b'])(
    'are never called %s',
    async (name) => {
      const files = await open()

      await expect((async () => files.read(name))()).rejects.toThrow(/name/)
    },
  )
})

describe('a store that speaks S3', () => {
  it('is asked again where it is busy, and keeps nothing for who has another secret', async () => {
    const files = await s3Store()
    s3.refuse([503, 500])
    await files.write('busy_name-00000000', Buffer.from('kept'))
    expect(s3.files.get('chat/busy_name-00000000')?.content.toString()).toBe('kept')

    const strangers = await s3Store('another')
    const refused = strangers.write('forged_name-000000', Buffer.from('forged'))
    await expect(refused).rejects.toMatchObject({ code: 'unavailable' })
    expect(s3.files.has('chat/forged_name-000000')).toBe(false)
    await files.remove('busy_name-00000000')
  })

  it('that is away refuses what may be tried again', async () => {
    const files = await s3Store(SECRET, new URL('http://127.0.0.1:1/bucket'))

    await expect(files.read('first_name-0000000')).rejects.toMatchObject({ code: 'unavailable' })
  })
})

async function namesOf(files: FileStore, before: number): Promise<string[]> {
  const names: string[] = []
  for await (const name of files.olderThan(before)) names.push(name)
  return names.toSorted()
}

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { csvRecords } from '#server/core/csv-records.ts'
import { createListFormatFinder } from '#server/customers/list-format.ts'
import { COMMAND } from '#server/core/actor.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { startCustomers, type TestCustomers } from '../../support/customers.ts'

const MANY = process.env.TEST_LONG === '1' ? 100_000 : 5_000

async function* piecesOf(file: Buffer, size = 1_000): AsyncIterable<Buffer> {
  for (let from = 0; from < file.length; from += size) yield file.subarray(from, from + size)
}

function formatOf(file: Buffer, size?: number) {
  const finder = createListFormatFinder()
  for (let from = 0; from < file.length; from += size ?? file.length) {
    finder.look(file.subarray(from, from + (size ?? file.length)))
  }
  return finder.found()
}

const utf8 = (text: string) => Buffer.from(text)
const utf16le = (text: string) => Buffer.from(text, 'utf16le')
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

describe('a CSV file', () => {
  const rows = [
    ['E-Mail', 'Name', 'Nr'],
    ['josé@shop.example', 'José "Pepe", Ñandú', '1'],
    ['eva@shop.example', 'Eva\nMaría', '2'],
  ]
  const written = (delimiter: string, end: string) =>
    rows
      .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
      .join(end) + end

  it.each([
    { what: 'UTF-8', file: utf8(written(',', '\n')), encoding: 'utf-8', delimiter: ',' },
    { what: 'UTF-8 with BOM', file: utf8(`\uFEFF${written(';', '\r\n')}`), delimiter: ';' },
    {
      what: 'UTF-16 little endian',
      file: utf16le(`\uFEFF${written('\t', '\r\n')}`),
      delimiter: '\t',
    },
    { what: 'UTF-16 big endian', file: utf16be(`\uFEFF${written(';', '\n')}`), delimiter: ';' },
    { what: 'UTF-16 without BOM', file: utf16le(written(';', '\n')), delimiter: ';' },
    { what: 'Windows-1252', file: Buffer.from(written(';', '\r\n'), 'latin1'), delimiter: ';' },
    { what: 'Excel’s sep=', file: utf8(`sep=|\r\n${written('|', '\r\n')}`), delimiter: '|' },
    { what: 'old Mac line ends', file: utf8(written(',', '\r')), delimiter: ',' },
  ])('is read in $what, in pieces of any size', async ({ file, delimiter }) => {
    for (const size of [1, 7, 100_000]) {
      const format = formatOf(file, size)
      expect(format).toMatchObject({ delimiter, columns: rows[0], mapping: { email: 'E-Mail' } })
      expect(format.sample).toEqual(rows.slice(1))

      const records = []
      for await (const { cells } of csvRecords(piecesOf(file, size), format)) records.push(cells)
      expect(records).toEqual(rows.slice(1))
    }
  })

  it('without a header has numbered columns', () => {
    const format = formatOf(utf8('a@shop.example;1\nb@shop.example;2\n'))

    expect(format).toMatchObject({
      hasHeader: false,
      columns: ['Column 1', 'Column 2'],
      mapping: { email: 'Column 1' },
      sample: [
        ['a@shop.example', '1'],
        ['b@shop.example', '2'],
      ],
    })
  })

  it.each([
    {
      header: 'Kundennummer,Telefon,E-Mail-Adresse',
      mapping: { userId: 'Kundennummer', phone: 'Telefon', email: 'E-Mail-Adresse' },
    },
    { header: 'customer_id,first name,mail', mapping: { userId: 'customer_id', email: 'mail' } },
    { header: 'Correo;Móvil;Nombre', mapping: { email: 'Correo', phone: 'Móvil' } },
  ])('says what the columns of "$header" may be', ({ header, mapping }) => {
    expect(formatOf(utf8(`${header}\n1,2,3\n`)).mapping).toEqual(mapping)
  })
})

eachDatabase('importing a contact list', (fresh, dialect) => {
  let database: FreshDatabase
  let db: Database
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })

  async function startImporting() {
    const test = await startCustomers(db)
    const list = await test.customers.createList(test.shopId, 'Newsletter', COMMAND)
    const upload = (file: Buffer | string) =>
      test.customers.uploadImport(test.shopId, list.id, piecesOf(Buffer.from(file), 10_000))
    return { ...test, listId: list.id, upload }
  }

  async function untilDone({ customers, shopId }: TestCustomers, importId: string) {
    await vi.waitFor(
      async () => {
        expect((await customers.findImport(shopId, importId)).state).toBe('done')
      },
      { timeout: 15_000, interval: 20 },
    )
    return customers.findImport(shopId, importId)
  }

  it('shows what the file looks like before anything is in the list', async () => {
    const { customers, shopId, listId, upload } = await startImporting()

    const shown = await upload('Mail;Kunden-Nr\nana@shop.example;1\n')

    expect(shown).toMatchObject({
      listId,
      state: 'uploaded',
      columns: ['Mail', 'Kunden-Nr'],
      sample: [['ana@shop.example', '1']],
      mapping: { email: 'Mail', userId: 'Kunden-Nr' },
      lines: 2,
    })
    expect(await customers.listMembers(shopId, listId)).toEqual([])
  })

  it('adds the surest address of each line, and says what is wrong with which', async () => {
    const test = await startImporting()
    const { customers, shopId, listId, upload } = test
    const { id } = await upload(
      [
        'email,id,tel',
        'ana@shop.example,1,',
        'Eva@Shop.example,,',
        ',,030 901820',
        'not an address,,',
        ',null,',
        ',,',
        'eva@shop.example,,',
        '',
        'last@shop.example',
      ].join('\r\n'),
    )

    const mapping = { email: 'email', userId: 'id', phone: 'tel' }
    const started = await customers.startImport(shopId, id, mapping, COMMAND)
    const done = await untilDone(test, id)

    expect(started.state).not.toBe('uploaded')
    expect(done).toMatchObject({
      added: 4,
      alreadyThere: 1,
      doneLines: 10,
      faultCount: 3,
      faults: [
        { line: 5, fault: 'bad_email' },
        { line: 6, fault: 'bad_user_id' },
        { line: 7, fault: 'no_address' },
      ],
    })
    const members = await customers.listMembers(shopId, listId)
    expect(members.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'email eva@shop.example',
      'email last@shop.example',
      'phone 030901820',
      'userId 1',
    ])
    const kept = 'SELECT position FROM list_import_chunks WHERE shop_id = $1'
    expect(await rowsOf(db, kept, [shopId])).toEqual([])
  })

  it('goes on behind a quote that is never closed as far as it can', async () => {
    const test = await startImporting()
    const { id } = await test.upload('email\nana@shop.example\n"open\nb@shop.example\n')

    await test.customers.startImport(test.shopId, id, { email: 'email' }, COMMAND)
    const done = await untilDone(test, id)

    expect(done).toMatchObject({ added: 1, faultCount: 1 })
    expect(done.faults[0]).toMatchObject({ fault: 'bad_csv' })
  })

  it('reads every line where line ends are mixed and one cell is very long', async () => {
    const test = await startImporting()
    const { customers, shopId, upload } = test
    const lines = Array.from({ length: 300 }, (_, i) => `c${i}@shop.example,x\n`)
    lines[100] = `long@shop.example,${'x'.repeat(120_000)}\r`
    const { id } = await upload(`email,note\r\n${lines.join('')}`)
    await customers.startImport(shopId, id, { email: 'email' }, COMMAND)

    expect(await untilDone(test, id)).toMatchObject({ added: 300, faultCount: 0 })
  })

  it('changes nothing when the same file comes again', async () => {
    const test = await startImporting()
    const file = 'email\nana@shop.example\neva@shop.example\n'
    for (const added of [2, 0]) {
      const { id } = await test.upload(file)
      await test.customers.startImport(test.shopId, id, { email: 'email' }, COMMAND)
      expect(await untilDone(test, id)).toMatchObject({ added, alreadyThere: 2 - added })
    }
  })

  it(`reads ${MANY} lines`, { timeout: 120_000 }, async () => {
    const test = await startImporting()
    const lines = Array.from({ length: MANY }, (_, i) => `"Name, ${i}";m${i}@shop.example`)
    const { id } = await test.upload(`Name;E-Mail\n${lines.join('\n')}\n`)

    await test.customers.startImport(test.shopId, id, { email: 'E-Mail' }, COMMAND)
    await test.customers.drain()
    const { shopId } = test
    // Stopped in the middle, it goes on with whoever starts next, and counts nothing twice.
    const other = await startCustomers(db, shopId)
    await other.customers.resumeImports()
    await vi.waitFor(
      async () => {
        expect((await other.customers.findImport(shopId, id)).state).toBe('done')
      },
      { timeout: 110_000, interval: 50 },
    )

    const done = await other.customers.findImport(shopId, id)
    expect(done).toMatchObject({ added: MANY, alreadyThere: 0, faultCount: 0, doneLines: MANY + 1 })
    expect(await db.sql.$count(db.t.contactListMembers)).toBeGreaterThanOrEqual(MANY)
  })

  it('goes on where a node that died has left it, once its lease is over', async () => {
    const test = await startImporting()
    const { customers, shopId, clock } = test
    const { id } = await test.upload('email\nana@shop.example\n')
    await rowsOf(
      db,
      `UPDATE list_imports SET state = 'running', mapping = '{"email":"email"}',
              lease_holder = 'dead', lease_until = $1 WHERE shop_id = $2`,
      [clock.now + 1_000, shopId],
    )

    expect(await customers.findImport(shopId, id)).toMatchObject({ state: 'running', added: 0 })
    clock.now += 1_001

    expect(await untilDone(test, id)).toMatchObject({ added: 1 })
  })

  it('refuses an unknown column, a second start, an empty file and another shop’s import', async () => {
    const { customers, shopId, upload } = await startImporting()
    const other = await startCustomers(db)
    const { id } = await upload('email\nana@shop.example\n')
    const mapping = { email: 'email' }

    await expect(
      customers.startImport(shopId, id, { email: 'Mail' }, COMMAND),
    ).rejects.toMatchObject({
      code: 'bad_request',
    })
    await expect(
      other.customers.startImport(other.shopId, id, mapping, COMMAND),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
    await customers.startImport(shopId, id, mapping, COMMAND)
    await expect(customers.startImport(shopId, id, mapping, COMMAND)).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(upload('')).rejects.toMatchObject({ code: 'bad_request' })
    await customers.drain()
  })

  it('keeps nothing of an upload that breaks off', async () => {
    const { customers, shopId, listId } = await startImporting()
    async function* breaking() {
      yield Buffer.from('email\n')
      throw new Error('The connection is lost')
    }

    await expect(customers.uploadImport(shopId, listId, breaking())).rejects.toThrow('lost')

    const rows = await rowsOf(db, 'SELECT id FROM list_imports WHERE shop_id = $1', [shopId])
    expect(rows).toEqual([])
  })

  // On SQLite there is one.
  if (dialect === 'sqlite') return

  it('is read by one of two nodes', async () => {
    const test = await startImporting()
    const { shopId } = test
    const there = await database.open()
    try {
      const other = await startCustomers(there, shopId)
      const lines = Array.from({ length: 3_000 }, (_, i) => `m${i}@shop.example`)
      const { id } = await test.upload(`email\n${lines.join('\n')}\n`)
      const mapping = { email: 'email' }

      const attempts = await Promise.allSettled([
        test.customers.startImport(shopId, id, mapping, COMMAND),
        other.customers.startImport(shopId, id, mapping, COMMAND),
      ])
      await Promise.all([test.customers.resumeImports(), other.customers.resumeImports()])
      const done = await untilDone(test, id)

      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(done).toMatchObject({ added: 3_000, alreadyThere: 0 })
      await Promise.all([test.customers.drain(), other.customers.drain()])
    } finally {
      await there.close()
    }
  })
})

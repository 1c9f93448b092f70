import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CustomerAnswer } from '#protocol/customers.ts'
import type { ExperienceInput, Submission } from '#protocol/experiences.ts'
import {
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
} from '../../support/audience-server.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { openExperienceShop, type ExperienceShop } from '../../support/experience-server.ts'
import { eventOf, newToken, NOW } from '../../support/ingestion.ts'

const THANKS = [{ kind: 'text', text: 'See you' }] as const

const FORM: ExperienceInput['content'] = {
  layout: { kind: 'modal' },
  design: {
    kind: 'blocks',
    blocks: [
      {
        kind: 'field',
        name: 'mail',
        type: 'email',
        label: 'E-mail',
        isRequired: true,
        trait: 'email',
      },
      { kind: 'field', name: 'first', type: 'text', label: 'Name', trait: 'firstName' },
      { kind: 'field', name: 'born', type: 'date', label: 'Birthday', trait: 'birthOn' },
      { kind: 'field', name: 'phone', type: 'phone', label: 'Phone' },
      { kind: 'field', name: 'terms', type: 'checkbox', label: 'I agree', isRequired: true },
      {
        kind: 'field',
        name: 'size',
        type: 'choice',
        label: 'Size',
        options: [
          { value: 's', label: 'Small' },
          { value: 'l', label: 'Large' },
        ],
      },
      { kind: 'button', text: 'Send', action: { do: 'submit' } },
    ],
    thanks: [...THANKS],
  },
}

const SEND = { kind: 'button', text: 'Send', action: { do: 'submit' } } as const
const SURVEY: ExperienceInput['content'] = {
  layout: { kind: 'modal' },
  design: {
    kind: 'blocks',
    blocks: [
      {
        kind: 'field',
        name: 'nps',
        type: 'choice',
        look: 'scale',
        label: 'From 0 to 10',
        attribute: 'nps_score',
        options: Array.from({ length: 11 }, (_, n) => ({ value: String(n), label: String(n) })),
      },
      {
        kind: 'field',
        name: 'source',
        type: 'choice',
        look: 'radios',
        label: 'How did you hear of us?',
        attribute: 'found_by',
        options: [
          { value: 'friends', label: 'Friends' },
          { value: '2', label: 'An advertisement' },
        ],
      },
      {
        kind: 'field',
        name: 'samples',
        type: 'checkbox',
        label: 'Send samples',
        attribute: 'wants_samples',
      },
      { kind: 'field', name: 'mail', type: 'email', label: 'E-mail', trait: 'email' },
      SEND,
    ],
  },
}
const ANSWERS = { nps: '9', source: 'friends', samples: true }

eachDatabase('forms', (fresh) => {
  let database: FreshDatabase
  let started: AudienceServer
  let shop: ExperienceShop
  beforeAll(async () => {
    database = await fresh()
    started = await startAudienceServer(database)
  })
  afterAll(async () => {
    await started.stop()
    await database.remove()
  })

  async function openShop() {
    const { id } = await started.newShop()
    shop = await openExperienceShop(started.server, id, started.clock)
    started.clock.now = NOW
    const who = newTestVisitor()
    await shop.decideBy(who)
    return who
  }

  async function stored(experienceId: string): Promise<Submission[]> {
    const { text } = await shop.ask('GET', `/experiences/${experienceId}/submissions`)
    return (JSON.parse(text) as { items: Submission[] }).items
  }

  const FILLED = { mail: ' ann@shop.example ', terms: true }

  it('keeps what was filled in, once, and thanks for it', async () => {
    const who = await openShop()
    const id = await shop.show({ content: FORM })
    const again = { submissionId: randomUUID() }

    const first = await shop.submit(who, id, { ...FILLED, size: 'l', first: '' }, again)
    const second = await shop.submit(who, id, { ...FILLED, size: 'l' }, again)

    expect([first.status, second.status]).toEqual([200, 200])
    expect(JSON.parse(first.text)).toEqual({ thanks: THANKS })
    expect(second.text).toBe(first.text)
    expect(await stored(id)).toMatchObject([
      {
        fields: { mail: 'ann@shop.example', terms: true, size: 'l' },
        visitorId: who.visitor.id,
        url: 'https://shop.example/',
        at: NOW,
      },
    ])
    expect(await shop.results(id)).toMatchObject({ submissions: 1, days: [{ submissions: 1 }] })
  })

  it.each([
    { what: 'a required field is missing', fields: { terms: true }, says: 'fields.mail' },
    { what: 'it is blank', fields: { mail: '  ', terms: true }, says: 'fields.mail' },
    { what: 'a box is not ticked', fields: { mail: 'a@b.co', terms: false }, says: 'fields.terms' },
    { what: 'an address is none', fields: { ...FILLED, mail: 'a@b' }, says: 'e-mail' },
    { what: 'a text is a claim', fields: { ...FILLED, mail: true }, says: 'fields.mail' },
    { what: 'a choice is none', fields: { ...FILLED, size: 'xl' }, says: 'fields.size' },
    { what: 'a date is none', fields: { ...FILLED, born: '1990-02-30' }, says: 'fields.born' },
    { what: 'a number is none', fields: { ...FILLED, phone: 'call me' }, says: 'fields.phone' },
    { what: 'a field is unknown', fields: { ...FILLED, role: 'owner' }, says: 'fields.role' },
  ])('refuses it where $what', async ({ fields, says }) => {
    const who = await openShop()
    const id = await shop.show({ content: FORM })

    const { status, text } = await shop.submit(who, id, fields)

    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining(says) })
    expect(await stored(id)).toEqual([])
  })

  it('refuses what is no form of the shop’s', async () => {
    const who = await openShop()
    const others = await shop.show({ content: FORM })
    await openShop()
    const without = await shop.show()
    const draft = await shop.show({ content: FORM, state: 'draft' })

    const replies = []
    for (const id of [others, without, draft, '4711']) {
      replies.push(await shop.submit(who, id, FILLED))
    }

    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  })

  it('takes a form that was paused while somebody filled it in', async () => {
    const who = await openShop()
    const id = await shop.show({ content: FORM })
    await shop.change(id, { state: 'paused' })

    expect((await shop.submit(who, id, FILLED)).status).toBe(200)
  })

  it('refuses an id that another form was sent under, and a variant that there is not', async () => {
    const who = await openShop()
    const id = await shop.show({ content: FORM })
    const other = await shop.show({ content: FORM })
    const taken = { submissionId: randomUUID() }
    await shop.submit(who, id, FILLED, taken)

    const replies = [
      await shop.submit(who, other, FILLED, taken),
      await shop.submit(who, other, FILLED, { variantId: 'b' }),
    ]

    expect(replies.map(({ status }) => status)).toEqual([409, 404])
    expect(await stored(other)).toEqual([])
  })

  it('takes own HTML by the types of its fields, however they are written', async () => {
    const who = await openShop()
    const html = `<form><input name="mail" type="EMAIL"><input name="terms" type="Checkbox">
      <button type="SUBMIT">Go</button></form>`
    const content = { layout: { kind: 'modal' }, design: { kind: 'html', html } } as const
    const id = await shop.show({ content })

    const replies = [
      await shop.submit(who, id, { mail: 'a@b.co', terms: true }),
      await shop.submit(who, id, { mail: 'not an email' }),
    ]

    expect(replies.map(({ status }) => status)).toEqual([200, 400])
  })

  it('takes own HTML by the names of its fields', async () => {
    const who = await openShop()
    const html = `
      <form><input name="mail" type="email" required><select name="size"><option>s</option>
      <option value="l">Large</option></select><input type="radio" name="how" value="post">
      <input type="radio" name="how" value="mail"><button type="submit">Go</button></form>`
    const content = { layout: { kind: 'modal' }, design: { kind: 'html', html } } as const
    const id = await shop.show({ content })

    const replies = [
      await shop.submit(who, id, { mail: 'a@b.co', size: 's', how: 'mail' }),
      await shop.submit(who, id, { mail: 'nobody', size: 's' }),
      await shop.submit(who, id, { size: 's' }),
      await shop.submit(who, id, { mail: 'a@b.co', how: 'dove' }),
      await shop.submit(who, id, { mail: 'a@b.co', other: 'x' }),
    ]

    expect(replies.map(({ status }) => status)).toEqual([200, 400, 400, 400, 400])
    expect(JSON.parse(replies[0]?.text ?? '')).toEqual({ thanks: [] })
  })

  it('needs no consent to tracking, and then leads to nobody', async () => {
    await openShop()
    const id = await shop.show({ content: FORM })

    const reply = await shop.submit(null, id, FILLED)

    expect(reply.status).toBe(200)
    expect(await stored(id)).toMatchObject([{ visitorId: null, customerId: null }])
    const customers = 'SELECT 1 FROM customers WHERE shop_id = $1'
    expect(await rowsOf(started.db, customers, [shop.id])).toEqual([])
  })

  it('takes a form without the right token, as nobody’s', async () => {
    const who = await openShop()
    const id = await shop.show({ content: FORM })
    const thief = { ...who, visitor: { ...who.visitor, token: newToken() } }

    const reply = await shop.submit(thief, id, FILLED)

    expect(reply.status).toBe(200)
    expect(await stored(id)).toMatchObject([{ visitorId: null }])
  })

  it('tells the visitor’s traits, and says no more once it was answered', async () => {
    const who = await openShop()
    const id = await shop.show({
      content: FORM,
      frequency: { per: 'pageView', stopAfter: ['answering'] },
    })

    await shop.submit(who, id, { ...FILLED, first: 'Ann', born: '1990-04-01' })

    const [submission] = await stored(id)
    const { text } = await shop.ask('GET', `/customers/${submission?.customerId}`)
    expect(JSON.parse(text) as CustomerAnswer).toMatchObject({
      email: 'ann@shop.example',
      firstName: 'Ann',
      birthOn: '1990-04-01',
    })
    expect(await shop.claim(who, id)).toEqual({ isGranted: false, reason: 'stopped' })
    expect((await shop.decideBy(who)).active).toEqual([])
  })

  it('keeps answers as attributes of the customer, typed, which conditions read', async () => {
    const who = await openShop()
    const id = await shop.show({ content: SURVEY })

    await shop.submit(who, id, { ...ANSWERS, mail: 'ann@shop.example' })

    const [submission] = await stored(id)
    const { text } = await shop.ask('GET', `/customers/${submission?.customerId}`)
    expect((JSON.parse(text) as CustomerAnswer).attributes).toEqual({
      nps_score: 9,
      found_by: 'friends',
      wants_samples: true,
    })
    const condition = {
      kind: 'customerAttribute',
      name: 'nps_score',
      test: { op: 'atLeast', value: 9 },
    }
    const explained = await shop.ask('POST', '/explain', {
      condition,
      customerId: submission?.customerId,
    })
    expect(JSON.parse(explained.text)).toMatchObject({
      holds: true,
      explanation: { seen: 9 },
    })
    expect(await stored(id)).toMatchObject([{ fields: ANSWERS }])
  })

  it('refuses a field that sets a trait and an attribute, and a look of what is no choice', async () => {
    await openShop()
    const field = { kind: 'field', name: 'a', type: 'text', label: 'A' } as const

    for (const wrong of [
      { ...field, trait: 'firstName' as const, attribute: 'name' },
      { ...field, look: 'scale' as const },
      { ...field, attribute: '__proto__' },
    ]) {
      const design = { kind: 'blocks' as const, blocks: [wrong, SEND] }
      await expect(shop.show({ content: { layout: { kind: 'modal' }, design } })).rejects.toThrow(
        '400',
      )
    }
  })

  it('makes nobody one with the customer whose address was typed', async () => {
    const who = await openShop()
    const id = await shop.show({ content: FORM })
    const owner = newTestVisitor()
    await shop.decideBy(owner, [
      eventOf({ type: 'identify', userId: 'ann', traits: { email: 'ann@shop.example' } }),
    ])

    await shop.submit(who, id, FILLED)
    await shop.submit(owner, id, FILLED)

    const [ofOwner, ofOther] = await stored(id)
    expect(ofOwner?.customerId).not.toBe(ofOther?.customerId)
  })
})

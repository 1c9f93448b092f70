import { describe, expect, it } from 'vitest'
import type { NewInvitation, Role, ShopMember } from '#protocol/account.ts'
import type { Refused, Reply } from '#console/api.ts'
import { createInviteModel } from '#console/members/invite-model.ts'
import { grantableRoles, keysLost, whyNotChanged, whyNotGone } from '#console/members/role-rules.ts'
import { createRolesModel } from '#console/members/roles-model.ts'

const refused = (refusal: Refused['refusal']): Refused => ({ refusal, detail: '', waitSeconds: 0 })
const INVITATION: NewInvitation = {
  id: 'i',
  email: 'ben@shop.example',
  roles: ['operator'],
  createdAt: 0,
  expiresAt: 1,
  link: 'https://shop.example/console/link#token',
  isMailed: false,
}

function member(id: string, ...roles: Role[]): ShopMember {
  const about = { alias: null, hasPhoto: false, hasSecondFactor: false, joinedAt: 0, seenAt: null }
  const keyCount = 0
  return { id, email: `${id}@shop.example`, name: id, roles, ...about, keyCount }
}

describe('keys that go with roles', () => {
  it.each([
    { held: ['admin'], left: ['operator'], keyCount: 2, lost: 2 },
    { held: ['admin'], left: [], keyCount: 2, lost: 2 },
    { held: ['admin', 'host'], left: ['admin'], keyCount: 2, lost: 0 },
    { held: ['owner'], left: ['admin'], keyCount: 2, lost: 'some' },
    { held: ['owner'], left: ['owner', 'admin'], keyCount: 2, lost: 0 },
    { held: ['admin'], left: [], keyCount: 0, lost: 0 },
  ] as const)('are $lost of $keyCount, of $held to $left', ({ held, left, keyCount, lost }) => {
    expect(keysLost({ ...member('ben', ...held), keyCount }, left)).toBe(lost)
  })
})

describe('who may be changed', () => {
  const ana = member('ana', 'owner')
  const ben = member('ben', 'owner', 'operator')
  const cem = member('cem', 'host')

  it('is everybody, for an owner, but the last one', () => {
    const own = ana.roles
    expect(whyNotGone(ana, { members: [ana, cem], own })).toBe('last_owner')
    expect(whyNotGone(ana, { members: [ana, ben], own })).toBeUndefined()
    expect(whyNotGone(cem, { members: [ana, cem], own })).toBeUndefined()
    expect(grantableRoles(own)).toContain('owner')
  })

  it('is no owner, for an admin', () => {
    expect(whyNotChanged(ben, ['admin'])).toBe('only_owner')
    expect(whyNotChanged(cem, ['admin'])).toBeUndefined()
    expect(whyNotGone(ben, { members: [ana, ben], own: ['admin'] })).toBe('only_owner')
    expect(grantableRoles(['admin'])).not.toContain('owner')
  })
})

describe('an invitation', () => {
  function createTestInvite(reply: Reply<NewInvitation>) {
    const sent: object[] = []
    const done: string[] = []
    const model = createInviteModel({
      invite: (draft) => {
        sent.push(draft)
        return Promise.resolve(reply)
      },
      onInvited: () => void done.push('invited'),
    })
    model.open()
    return { model, sent, done }
  }

  it('shows the link that is never seen again', async () => {
    const { model, sent, done } = createTestInvite({ value: INVITATION })

    model.writeEmail(' ben@shop.example ')
    model.toggle('host')
    model.toggle('operator')
    model.toggle('host')
    await model.send()

    expect(sent).toEqual([{ email: 'ben@shop.example', roles: ['operator'] }])
    expect(model.step.value).toBe('made')
    expect(model.made.value?.link).toBe(INVITATION.link)
    expect(done).toEqual(['invited'])
    model.close()
    expect(model.made.value).toBeUndefined()
  })

  it.each([
    ['ben', ['operator'], 'email'],
    ['ben@shop.example', [], 'roles'],
  ] as const)('is not sent to “%s” as %j', async (email, roles, field) => {
    const { model, sent } = createTestInvite({ value: INVITATION })

    model.writeEmail(email)
    for (const role of roles) model.toggle(role)
    await model.send()

    expect(sent).toEqual([])
    expect(model.fault.value?.field).toBe(field)
  })

  it.each([
    ['conflict', 'fault.is_member'],
    ['forbidden', 'fault.owner_decides'],
    ['sign_in_again', undefined],
  ] as const)('refused with %s keeps the form and says %s', async (refusal, message) => {
    const { model, done } = createTestInvite(refused(refusal))

    model.writeEmail('ben@shop.example')
    model.toggle('operator')
    await model.send()

    expect(model.step.value).toBe('form')
    expect(model.email.value).toBe('ben@shop.example')
    expect(model.fault.value?.message).toBe(message)
    expect(done).toEqual([])
  })
})

describe('roles', () => {
  function createTestRoles(...replies: Refused[]) {
    const sent: object[] = []
    const undos: (() => Promise<void>)[] = []
    const told: string[] = []
    const answer = <Value>(value: Value): Promise<Reply<Value>> =>
      Promise.resolve(replies.shift() ?? { value })
    const model = createRolesModel({
      setRoles: ({ memberId, roles }) => {
        sent.push({ memberId, roles })
        return answer({ ...member(memberId), roles })
      },
      removeMember: (id) => {
        sent.push({ removed: id })
        return answer(undefined)
      },
      onChanged: (_, undo) => void undos.push(undo),
      onRemoved: ({ name }) => void told.push(`removed ${name}`),
      onUndone: (fault) => void told.push(`undone ${fault?.message ?? ''}`),
    })
    return { model, sent, undos, told }
  }

  it('are changed, and put back', async () => {
    const { model, sent, undos, told } = createTestRoles()

    model.open('roles', member('ben', 'operator'))
    expect(model.isChanged.value).toBe(false)
    model.toggle('admin')
    expect(model.isChanged.value).toBe(true)
    await model.save()
    expect(model.step.value).toBeUndefined()
    await undos[0]?.()

    expect(sent).toEqual([
      { memberId: 'ben', roles: ['operator', 'admin'] },
      { memberId: 'ben', roles: ['operator'] },
    ])
    expect(told).toEqual(['undone '])
  })

  it('are at least one', async () => {
    const { model, sent } = createTestRoles()

    model.open('roles', member('ben', 'operator'))
    model.toggle('operator')
    await model.save()

    expect(sent).toEqual([])
    expect(model.fault.value?.field).toBe('roles')
  })

  it.each([
    ['conflict', 'fault.last_owner'],
    ['forbidden', 'fault.owner_decides'],
    ['not_found', 'fault.no_member'],
  ] as const)('refused with %s stay open and say %s', async (refusal, message) => {
    const { model, told } = createTestRoles(refused(refusal))

    model.open('removal', member('ben', 'owner'))
    await model.remove()

    expect(model.step.value).toBe('removal')
    expect(model.fault.value?.message).toBe(message)
    expect(told).toEqual([])
  })

  it('are all gone with who is removed', async () => {
    const { model, sent, told } = createTestRoles()

    model.open('removal', member('ben', 'host'))
    await model.remove()

    expect(sent).toEqual([{ removed: 'ben' }])
    expect(told).toEqual(['removed ben'])
  })
})

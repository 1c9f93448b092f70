import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createAccount, createMembers, createPasswords } from '#server/account/service.ts'
import { createLog } from '#server/core/log.ts'
import type { MemberSession } from '#server/core/member-guards.ts'
import { sha256 } from '#server/core/tokens.ts'
import type { Database } from '#server/db/database.ts'
import { newSecretBox } from '../../support/background.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { NOW } from '../../support/ingestion.ts'

const RUNS = process.env.TEST_LONG === '1' ? 200 : 12
const HOUR = 3_600_000
const DAY = 24 * HOUR
const EMAIL = 'ana@shop.example'
const BROWSER = { userAgent: undefined, address: '203.0.113.7' }

/** What somebody does, with which of their sessions. */
const STEPS = fc.array(
  fc.record({
    what: fc.constantFrom(
      'signIn',
      'use',
      'again',
      'signOut',
      'endOthers',
      'endNewest',
      'password',
      'hours',
      'days',
    ),
    which: fc.nat(9),
  }),
  { minLength: 1, maxLength: 40 },
)

/** A session as the rules would have it. */
interface Expected {
  token: string
  usedAt: number
  readonly endsAt: number
}

eachDatabase('sessions', (fresh) => {
  let database: FreshDatabase
  let db: Database
  beforeEach(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterEach(async () => {
    await db.close()
    await database.remove()
  })

  async function setUp(clock: { now: number }) {
    const now = () => clock.now
    const account = createAccount({ db, now })
    const log = createLog('silent')
    const passwords = createPasswords({ cost: 2 })
    const sendMail = async () => false
    const box = newSecretBox()
    const jobs = { register: () => {}, schedule: () => {} }
    const members = createMembers({ db, now, jobs, log, passwords, account, sendMail, box })
    await db.sql.delete(db.t.members)
    const token = (await members.links.createSetupLink((await account.firstShop()).id)) ?? ''
    const password = 'Contraseña número 0'
    const input = { token, email: EMAIL, name: 'Ana', password }
    const first = (await members.links.accept(input, BROWSER, undefined)) ?? ''
    return { members, first, password }
  }

  it('open what the rules say, and nothing else, whatever is done in whatever order', async () => {
    const property = fc.asyncProperty(STEPS, async (steps) => {
      const clock = { now: NOW }
      const { members, first, ...rest } = await setUp(clock)
      let { password } = rest
      const ended: string[] = []
      let open: Expected[] = [{ token: first, usedAt: NOW, endsAt: NOW + 7 * DAY }]
      const add = (token: string) => {
        open.push({ token, usedAt: clock.now, endsAt: clock.now + 7 * DAY })
      }
      const end = (gone: readonly Expected[]) => {
        ended.push(...gone.map(({ token }) => token))
        open = open.filter((session) => !gone.includes(session))
      }
      const expire = () =>
        end(open.filter(({ usedAt, endsAt }) => clock.now >= Math.min(usedAt + 12 * HOUR, endsAt)))

      async function use(session: Expected): Promise<MemberSession> {
        const found = await members.findMember(sha256(session.token))
        if (found === undefined) throw new Error('A session that should be open is not')
        // Kept to the minute, so that a session in use does not cost a write a request.
        if (clock.now - session.usedAt > 60_000) session.usedAt = clock.now
        return found
      }

      for (const { what, which } of steps) {
        const session = open[which % Math.max(1, open.length)]
        if (what === 'hours') clock.now += (which + 1) * HOUR
        else if (what === 'days') clock.now += which * 7 * HOUR
        else if (what === 'signIn' || session === undefined) {
          add(await members.signIn.signIn({ email: EMAIL, password }, BROWSER, undefined))
        } else {
          const found = await use(session)
          if (what === 'again') {
            ended.push(session.token)
            session.token = await members.signIn.signInAgain(found, { password })
            session.usedAt = clock.now
          } else if (what === 'signOut') {
            await members.sessions.signOut(found)
            end([session])
          } else if (what === 'endOthers') {
            await members.sessions.endOthers(found)
            end(open.filter((other) => other !== session))
          } else if (what === 'endNewest') {
            const [newest] = await members.sessions.list(found)
            if (newest?.isThis === true) {
              await members.sessions.end(found, newest.id)
              end([session])
            }
          } else if (what === 'password') {
            const newPassword = `Contraseña número ${clock.now}-${ended.length}`
            const change = { password, newPassword }
            const token = await members.signIn.changePassword(found, change, BROWSER)
            password = newPassword
            end(open)
            add(token)
          }
        }
        expire()
        for (const { token } of open) {
          expect(await members.sessions.find(sha256(token))).toBeDefined()
        }
        for (const token of ended) {
          expect(await members.sessions.find(sha256(token))).toBeUndefined()
        }
      }
    })
    await fc.assert(property, { numRuns: RUNS })
  })
})

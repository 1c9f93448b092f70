import { afterEach, beforeEach, expect, it } from 'vitest'
import { createAccount, type Account } from '#server/account/service.ts'
import { insertShop } from '#server/account/store.ts'
import { COMMAND } from '#server/core/actor.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'

const TEA = { consentMode: 'full', currency: 'EUR', timeZone: 'UTC', createdAt: 0 } as const

eachDatabase('two shops that are closed at once', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let account: Account
  beforeEach(async () => {
    database = await fresh()
    db = await database.open()
    account = createAccount({ db, now: () => 0 })
  })
  afterEach(async () => {
    await db.close()
    await database.remove()
  })

  it('leave a first shop that has a key, and is neither', async () => {
    const first = await account.firstShop()
    const second = await insertShop(db, { ...TEA, name: 'Tea' }, 'pub_tea')
    const who = { by: COMMAND, memberId: undefined }
    const begun = deferred()
    const ended = deferred()
    const closings = [
      account.management.closeShop(second, { ...who, name: 'Tea' }, () => {
        begun.resolve()
        return ended.promise
      }),
    ]
    await begun.promise
    closings.push(
      account.management.closeShop(first.id, { ...who, name: first.name }, async () => {}),
    )
    // As far as it comes while the other is open.
    await new Promise((resolve) => setTimeout(resolve, 200))
    ended.resolve()
    await Promise.all(closings)

    const { id, publicKey } = await account.firstShop()
    expect([first.id, second]).not.toContain(id)
    expect(publicKey).toMatch(/^pub_/)
  })
})

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

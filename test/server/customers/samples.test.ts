import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Customers } from '#server/customers/service.ts'
import type { Database } from '#server/db/database.ts'
import { root } from '../../../scripts/root.mjs'
import { startCustomers } from '../../support/customers.ts'
import { freshSqlite, type FreshDatabase } from '../../support/databases.ts'

/** How a sample of docs/identity.md becomes a program that prints what it makes for its first argument. */
const SAMPLES = [
  {
    what: 'PHP',
    program: 'php',
    block: /```php\n([\s\S]*?)```/,
    file: 'sample.php',
    call: 'echo granplaza_signature($argv[1]);',
  },
  {
    what: 'Node',
    program: 'node',
    block: /```js\n(import \{ createHmac[\s\S]*?)```/,
    file: 'signature.mjs',
    call: 'console.log(granplazaSignature(process.argv[2]))',
  },
  {
    what: 'Node’s JWT',
    program: 'node',
    block: /```js\n(import \{ SignJWT[\s\S]*?)```/,
    file: 'token.mjs',
    call: 'console.log(await granplazaToken(process.argv[2]))',
  },
  {
    what: 'Python',
    program: 'python3',
    block: /```python\n([\s\S]*?)```/,
    file: 'sample.py',
    call: 'import sys\nprint(granplaza_signature(sys.argv[1]))',
  },
]
const PUBLIC_KEY = `pub_${'k'.repeat(22)}`

describe('the samples of docs/identity.md', () => {
  let database: FreshDatabase
  let db: Database
  let folder: string
  let guide: string
  let customers: Customers
  let secret: string
  let shopId: number
  beforeAll(async () => {
    database = await freshSqlite()
    db = await database.open()
    const test = await startCustomers(db)
    ;({ customers, shopId } = test)
    // The JWTs are made by the real clock.
    test.clock.now = Date.now()
    secret = await test.account.identitySecret(shopId)
    guide = await readFile(join(root, 'docs/identity.md'), 'utf8')
    // Beside our packages, so that the sample finds its own.
    folder = await mkdtemp(join(root, 'node_modules/.samples-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
    await db.close()
    await database.remove()
  })

  it.for(SAMPLES)('prove a user id in $what', async (sample, context) => {
    const isThere = spawnSync(sample.program, ['--version']).status === 0
    context.skip(!isThere, `there is no ${sample.program} here`)
    const code = sample.block.exec(guide)?.[1]
    const file = join(folder, sample.file)
    await writeFile(file, `${code}\n${sample.call}\n`)

    for (const userId of ['42', 'ñandú:1 "x"']) {
      const { stdout } = await promisify(execFile)(sample.program, [file, userId], {
        env: {
          PATH: process.env.PATH,
          GRANPLAZA_PUBLIC_KEY: PUBLIC_KEY,
          GRANPLAZA_IDENTITY_SECRET: secret,
        },
      })
      const shop = { id: shopId, publicKey: PUBLIC_KEY }
      const claim = { userId, signature: stdout.trim() }
      expect(await customers.proofOf(shop, claim)).toEqual({ rule: 'open', isProven: true })
    }
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONSOLE_SESSION_PATH } from '#protocol/names.ts'
import { runCommand } from '#server/run-command.ts'
import { consoleClient, PASSWORD } from '../../support/console-client.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let dataDir: string
let server: TestServer
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
  server = await startServer({ dataDir })
})
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const run = (...args: string[]) => runCommand(args, { DATA_DIR: dataDir, PUBLIC_URL: server.url })

describe('npm run shop, beside a running server', () => {
  it('shows name, public key, snippet, consent mode and origins', async () => {
    const shown = await run('shop')

    expect(shown).toContain(`Public key   ${server.key}`)
    expect(shown).toContain(`<script async src="${server.url}/gp.js" data-shop="${server.key}">`)
    expect(shown).toMatch(/Consent +anonymous/)
    expect(shown).toMatch(/Origins +none listed/)
  })

  it('changes what is named, and nothing else', async () => {
    const changed = await run('shop', '--name', 'Tea & Co', '--add-origin', 'https://Tea.example/')

    expect(changed).toContain('Name         Tea & Co')
    expect(changed).toMatch(/Origins +https:\/\/tea\.example\n/)
    expect(changed).toMatch(/Consent +anonymous/)

    const back = await run('shop', '--remove-origin', 'https://tea.example', '--consent', 'off')
    expect(back).toMatch(/Origins +none listed/)
    expect(back).toMatch(/Consent +off/)
  })

  it('renames nothing when something else is wrong', async () => {
    await expect(run('shop', '--name', 'Half', '--consent', 'maybe')).rejects.toThrow(/--consent/)
    await expect(run('shop', '--name', 'Half', '--add-origin', 'x')).rejects.toThrow(/no origin/)

    expect(await run('shop')).not.toContain('Half')
  })

  it('prints a link that the running server takes', async () => {
    const link = new URL((await run('shop', '--link')).split('\n')[0] ?? '')

    const reply = await fetch(`${server.url}${CONSOLE_SESSION_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: link.hash.slice(1) }),
    })

    expect(link.pathname).toBe('/console/live')
    expect(reply.status).toBe(204)
  })

  it.each([
    { what: 'an unknown option', args: ['shop', '--colour', 'red'], says: /--colour/ },
    {
      what: 'an unknown consent mode',
      args: ['shop', '--consent', 'maybe'],
      says: /off, anonymous, full/,
    },
    {
      what: 'no origin',
      args: ['shop', '--add-origin', 'tea.example'],
      says: /"tea\.example" is no origin/,
    },
    {
      what: 'an origin not listed',
      args: ['shop', '--remove-origin', 'https://x.example'],
      says: /does not list/,
    },
    { what: 'a key without scope', args: ['key'], says: /--scope events:write/ },
    { what: 'an unknown scope', args: ['key', '--scope', 'all'], says: /no scope "all"/ },
  ])('refuses $what, and says how it is written', async ({ args, says }) => {
    await expect(run(...args)).rejects.toThrow(says)
  })
})

describe('npm run key', () => {
  it('makes a secret key that the server knows', async () => {
    const key = (await run('key', '--scope', 'events:write')).split('\n')[0] ?? ''

    expect(key).toMatch(/^sec_[\w-]{43}$/)
    expect(await server.account.findKeyHolder(key)).toMatchObject({ scopes: ['events:write'] })
  })

  it('lists the keys, and revokes one for good', async () => {
    const key = (await run('key', '--scope', 'customers:read')).split('\n')[0] ?? ''
    const ending = key.slice(-4)

    expect(await run('key', '--list')).toContain(`sec_…${ending}  made 20`)
    expect(await run('key', '--revoke', ending)).toContain('revoked')

    expect(await run('key', '--list')).not.toContain(ending)
    await expect(run('key', '--revoke', ending)).rejects.toThrow(`No secret key ends in ${ending}`)
    await expect(run('key', '--list', '--revoke', 'abcd')).rejects.toThrow('One thing at a time')
    // The running server has not been asked about this key before: nothing of it is remembered there.
    expect(await server.account.findKeyHolder(key)).toBeUndefined()
  })

  it.each(['key', 'shop', 'owner'])('explains %s without opening a database', async (name) => {
    expect(await runCommand([name, '--help'], { DATA_DIR: '/nonexistent' })).toContain(
      `npm run ${name}`,
    )
  })
})

describe('npm run owner', () => {
  it('prints a link that makes somebody the owner, by the running server', async () => {
    const printed = await run('owner', '--email', ' Ana@Shop.example')
    const link = new URL(printed.split('\n')[0] ?? '')
    const client = consoleClient(server, server.key)

    const accepted = await client.ask('POST', '/account/accepted-links', {
      token: link.hash.slice(1),
      name: 'Ana',
      password: PASSWORD,
    })

    expect(link.pathname).toBe('/console/link')
    expect(accepted.status).toBe(204)
    expect(await client.account()).toMatchObject({
      email: 'ana@shop.example',
      shops: [{ key: server.key, roles: ['owner'] }],
    })
  })

  it.each([[], ['--email', 'nobody'], ['--all']])('explains itself after %s', async (...args) => {
    await expect(run('owner', ...args)).rejects.toThrow('npm run owner -- --email')
  })
})

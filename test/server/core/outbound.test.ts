import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutbound } from '#server/core/outbound.ts'
import { readRange } from '#server/core/outbound-address.ts'
import { closeServer, listen } from '../../support/listening.ts'

const OWN_NET = ['127.0.0.0/8', '::1'].map(readRange).filter((it) => it !== undefined)
const signal = new AbortController().signal
const SENT = { headers: {}, body: '{}', signal }

/** T28: what only this server, or its neighbours, can reach. */
const FORBIDDEN = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.0.170',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:2::1',
  '2001:10::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
]

/** Spellings of addresses of this machine and its neighbours. */
const DISGUISED = [
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://017700000001/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://127.0.0.1./',
  'http://%31%32%37.0.0.1/',
  'http://１２７.０.０.１/',
  'http://[::ffff:7f00:1]/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]/',
  'http://[::7f00:1]/',
]

const ODD = [
  'ftp://shop.example/',
  'file:///etc/passwd',
  'gopher://shop.example/',
  'http://user:password@shop.example/',
  'http://shop.example:22/',
  'http://shop.example:6379/',
  'https://shop.example:8443/',
  'nonsense',
]

describe('a request to an address that others have chosen', () => {
  let server: Server
  let port: number
  let requests: string[] = []
  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(request.url ?? '')
      if (request.url === '/redirect') {
        response.writeHead(302, { location: '/inside' }).end()
      } else if (request.url === '/large') response.end('x'.repeat(300_000))
      else if (request.url === '/odd') response.end('a\u0000\u001b[31m\nb\u202e')
      else if (request.url !== '/silent') response.end('thanks')
    })
    port = await listen(server)
  })
  afterAll(() => closeServer(server))

  it.each(FORBIDDEN)('never goes to %s, by number or by name', async (address) => {
    const literal = address.includes(':') ? `[${address}]` : address
    const outbound = createOutbound({ allowed: [], lookup: async () => [address] })

    expect(() => outbound.check(`http://${literal}/`)).toThrow(/on the net/)
    await expect(outbound.post('http://shop.example/', SENT)).rejects.toThrow(/not asked/)
  })

  it.each([...DISGUISED, ...ODD])('never goes to %s', async (url) => {
    const outbound = createOutbound({ allowed: [], lookup: async () => ['8.8.8.8'] })

    expect(() => outbound.check(url)).toThrow(/^url: /)
    await expect(outbound.post(url, SENT)).rejects.toThrow(/^url: /)
  })

  it('never goes to a name of which any address is inside', async () => {
    const lookup = async () => ['93.184.215.14', '10.0.0.1']
    const outbound = createOutbound({ allowed: [], lookup })

    await expect(outbound.post('http://shop.example/', SENT)).rejects.toThrow(/not asked/)
  })

  it('goes to the address that was checked, whatever the name leads to afterwards', async () => {
    let asked = 0
    const lookup = async () => [['127.0.0.1', '10.0.0.1'][asked++] ?? '10.0.0.1']
    const outbound = createOutbound({ allowed: OWN_NET, lookup })
    requests = []

    const answer = await outbound.post(`http://rebinding.example:${port}/hook`, SENT)

    expect(answer).toEqual({ status: 200, body: 'thanks' })
    expect(requests).toEqual(['/hook'])
    expect(asked).toBe(1)
  })

  it('follows no redirect', async () => {
    const outbound = createOutbound({ allowed: OWN_NET })
    requests = []

    const { status } = await outbound.post(`http://127.0.0.1:${port}/redirect`, SENT)

    expect(status).toBe(302)
    expect(requests).toEqual(['/redirect'])
  })

  it('reads no long answer, and none without end', async () => {
    const outbound = createOutbound({ allowed: OWN_NET })
    const stopping = new AbortController()
    const [large, silent] = ['large', 'silent'].map((path) => `http://127.0.0.1:${port}/${path}`)

    await expect(outbound.post(large ?? '', SENT)).rejects.toThrow(/256 KiB/)
    const asked = outbound.post(silent ?? '', { ...SENT, signal: stopping.signal })
    stopping.abort()
    await expect(asked).rejects.toThrow(/stops/)
  })

  it('tells of an answer only text', async () => {
    const outbound = createOutbound({ allowed: OWN_NET })

    const { body } = await outbound.post(`http://127.0.0.1:${port}/odd`, SENT)

    expect(body).toBe('a [31m b')
  })
})

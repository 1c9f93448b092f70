import { describe, expect, it } from 'vitest'
import {
  addressGroup,
  clientAddress,
  isAddressRange,
  truncatedAddress,
  trustedProxies,
} from '#server/core/client-address.ts'

const proxies = trustedProxies(['10.0.0.0/8', '203.0.113.7', 'fd00::/8'])

describe('the client’s address', () => {
  it.each([
    { what: 'a direct client', peer: '198.51.100.1', forwarded: undefined, is: '198.51.100.1' },
    {
      what: 'a client that made the header up',
      peer: '198.51.100.1',
      forwarded: '1.2.3.4',
      is: '198.51.100.1',
    },
    {
      what: 'a client behind our proxy',
      peer: '10.0.0.1',
      forwarded: '198.51.100.1',
      is: '198.51.100.1',
    },
    {
      what: 'what a client put before it',
      peer: '10.0.0.1',
      forwarded: '1.2.3.4, 198.51.100.1',
      is: '198.51.100.1',
    },
    {
      what: 'two proxies of ours',
      peer: '10.0.0.1',
      forwarded: '198.51.100.1, 203.0.113.7',
      is: '198.51.100.1',
    },
    { what: 'rubbish from our proxy', peer: '10.0.0.1', forwarded: 'unknown', is: '10.0.0.1' },
    {
      what: 'our proxy without the header',
      peer: '10.0.0.1',
      forwarded: undefined,
      is: '10.0.0.1',
    },
    {
      what: 'IPv4 in IPv6',
      peer: '::ffff:10.0.0.1',
      forwarded: '::ffff:198.51.100.1',
      is: '198.51.100.1',
    },
    { what: 'an IPv6 proxy', peer: 'fd00::1', forwarded: '2001:db8::5', is: '2001:db8::5' },
  ])('is right for $what', ({ peer, forwarded, is }) => {
    expect(clientAddress(peer, forwarded, proxies)).toBe(is)
  })

  it('believes no header while no proxy is configured', () => {
    expect(clientAddress('10.0.0.1', '1.2.3.4', trustedProxies([]))).toBe('10.0.0.1')
  })

  it.each([
    ['2001:db8::1', '2001:db8:0:0::'],
    ['2001:0db8:0000:0000:ffff::1', '2001:db8:0:0::'],
    ['::1', '0:0:0:0::'],
    ['192.0.2.1', '192.0.2.1'],
  ])('groups %s as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group)
  })

  it.each([
    ['192.0.2.77', '192.0.2.0'],
    ['2001:db8:1:2:3::4', '2001:db8:1::'],
    ['', ''],
  ])('writes %s down as %s', (address, written) => {
    expect(truncatedAddress(address)).toBe(written)
  })

  it.each(['10.0.0.0/33', '10.0.0/8', 'example.com', '', '::1/129', '10.0.0.0/8/8', '10.0.0.0/x'])(
    'takes no range from "%s"',
    (range) => {
      expect(isAddressRange(range)).toBe(false)
    },
  )
})

import { BlockList, isIP, isIPv4 } from 'node:net'

/** Whether an address is one of ours, whose `X-Forwarded-For` is believed. */
export type IsTrusted = (address: string) => boolean

/** From single addresses and ranges such as `10.0.0.0/8`. */
export function trustedProxies(ranges: readonly string[]): IsTrusted {
  if (ranges.length === 0) return () => false
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (address) => {
    const version = isIP(address)
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')
  }
}

/** Whether `range` is an address or a CIDR range. */
export function isAddressRange(range: string): boolean {
  const [address = '', prefix, ...rest] = range.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return (
    prefix === undefined ||
    (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
  )
}

/**
 * Who is asking: the nearest address that is no trusted proxy. What stands further left in `X-Forwarded-For`
 * was written by that client and is worth nothing.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | undefined,
  isTrusted: IsTrusted,
): string {
  let client = plainAddress(peer)
  const hops = forwardedFor?.split(',') ?? []
  while (isTrusted(client)) {
    const hop = plainAddress(hops.pop()?.trim() ?? '')
    if (isIP(hop) === 0) break
    client = hop
  }
  return client
}

/** What limits are counted by: an IPv6 network hands its owner 2^64 addresses, so the /64 counts as one. */
export function addressGroup(address: string): string {
  return isIP(address) === 6 ? ipv6Prefix(address, 4) : address
}

/** What may be written down: IPv4 without its last number, IPv6 without its last 80 bits. */
export function truncatedAddress(address: string): string {
  if (isIPv4(address)) return address.replace(/\d+$/, '0')
  return isIP(address) === 6 ? ipv6Prefix(address, 3) : ''
}

/** Without the IPv6 wrapping that a dual-stack socket gives IPv4 addresses, and without a zone. */
function plainAddress(address: string): string {
  const [bare = ''] = address.split('%')
  const wrapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)
  return wrapped?.[1] ?? bare
}

function ipv6Prefix(address: string, groups: number): string {
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const all = tail === undefined ? left : [...left, ...zeros, ...right]
  const prefix = all.slice(0, groups).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${prefix.join(':')}::`
}

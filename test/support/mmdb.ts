import { isIPv4 } from 'node:net'

/** Text, numbers, lists and maps, as an MMDB file holds them. */
export type MmdbValue =
  | string
  | number
  | readonly MmdbValue[]
  | { readonly [key: string]: MmdbValue }

const RECORD_BYTES = 6
const MARKER = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')])
/** Type numbers of https://maxmind.github.io/MaxMind-DB/ */
const TEXT = 2
const UNSIGNED_32 = 6
const MAP = 7
const LIST = 11

/** A file in MaxMind's format that knows one IPv4 address and nothing else. */
export function mmdbFile(address: string, value: MmdbValue): Buffer {
  if (!isIPv4(address)) throw new Error(`${address} is no IPv4 address`)
  const bits = address
    .split('.')
    .flatMap((part) => Number(part).toString(2).padStart(8, '0').split(''))
  // A chain of a node for each bit: one side goes on, the other ends in "not there".
  const nodes = bits.map((bit, i) => {
    const next = i === bits.length - 1 ? bits.length + 16 : i + 1
    const node = Buffer.alloc(RECORD_BYTES)
    node.writeUIntBE(bit === '0' ? next : bits.length, 0, 3)
    node.writeUIntBE(bit === '0' ? bits.length : next, 3, 3)
    return node
  })
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 0,
    database_type: 'test',
    description: {},
    ip_version: 4,
    languages: [],
    node_count: bits.length,
    record_size: 24,
  }
  return Buffer.concat([...nodes, Buffer.alloc(16), encode(value), MARKER, encode(metadata)])
}

function encode(value: MmdbValue): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([control(TEXT, text.length), text])
  }
  if (typeof value === 'number') {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(value)
    return Buffer.concat([control(UNSIGNED_32, 4), number])
  }
  if (isList(value)) return Buffer.concat([control(LIST, value.length), ...value.map(encode)])
  const pairs = Object.entries(value).flatMap(([key, of]) => [encode(key), encode(of)])
  return Buffer.concat([control(MAP, pairs.length / 2), ...pairs])
}

function control(type: number, size: number): Buffer {
  if (size >= 285) throw new Error('longer than this writer needs to write')
  const [short, more] = size < 29 ? [size, []] : [29, [size - 29]]
  return type <= 7
    ? Buffer.from([(type << 5) | short, ...more])
    : Buffer.from([short, type - 7, ...more])
}

function isList(value: MmdbValue): value is readonly MmdbValue[] {
  return Array.isArray(value)
}

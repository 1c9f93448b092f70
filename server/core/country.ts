import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { BlockList, isIP } from 'node:net'
import { Reader, type Response } from 'mmdb-lib'
import { StartError } from './errors.ts'
import { wellFormed } from './well-formed.ts'

export interface Place {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string
  /** State or province by its English name. */
  readonly region?: string
  /** By its English name. */
  readonly city?: string
}

interface CountryDeps {
  /** An MMDB of cities such as GeoLite2 City or DB-IP City Lite, which then says the country as well. */
  readonly geoipFile?: string
}

/** By country, from what the five internet registries publish (NRO, CC BY 4.0). */
const COUNTRIES = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'
const MAX_NAME_CHARS = 100

/** Nobody's on the internet (RFC 6890); the package calls some of them Australian. */
const NOWHERE =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.168.0.0/16 ' +
  '198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 ::/127 2001:db8::/32 fc00::/7 fe80::/10 ff00::/8'

/**
 * Gives the place of an IP address, as far as it is known. Reads its files at once (8 MB in 10 ms; a file of cities is
 * ten times that) and keeps nothing of the addresses. A `StartError` says that `geoipFile` can't be used.
 */
export function createCountryLookup({ geoipFile }: CountryDeps): (address: string) => Place {
  const require = createRequire(import.meta.url)
  const countries = openInstalled(require)
  const cities = geoipFile === undefined ? undefined : openFile(geoipFile)
  const nowhere = listOf(NOWHERE.split(' '))
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
    const version = isIP(plain)
    if (version === 0) return {}
    const place = cities === undefined ? {} : placeIn(cities, plain)
    const isDone = place.country !== undefined || nowhere.check(plain, familyOf(version))
    return isDone || countries === undefined ? place : { ...place, ...placeIn(countries, plain) }
  }
}

/** Whether there is data that knows the country of an address: of one that has stood in the same for thirty years. */
export function knowsCountries(lookUpPlace: (address: string) => Place): boolean {
  return lookUpPlace('8.8.8.8').country !== undefined
}

/** Some leave the package out, for its 8 MB: then countries are unknown. */
function openInstalled(require: NodeJS.Require): Reader<Response> | undefined {
  let file: string
  try {
    file = require.resolve(COUNTRIES)
  } catch {
    return undefined
  }
  return new Reader(readFileSync(file))
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/')
    list.addSubnet(network, Number(prefix), familyOf(isIP(network)))
  }
  return list
}

function familyOf(version: number): 'ipv4' | 'ipv6' {
  return version === 4 ? 'ipv4' : 'ipv6'
}

function openFile(path: string): Reader<Response> {
  try {
    return new Reader(readFileSync(path))
  } catch (cause) {
    throw new StartError(`GEOIP_FILE is "${path}": it can't be read as an MMDB file`, { cause })
  }
}

function placeIn(reader: Reader<Response>, address: string): Place {
  const found = recordAt(reader, address)
  // MaxMind and DB-IP nest names by language; ip-location-db is flat.
  const country = field(found, 'country_code') ?? field(field(found, 'country'), 'iso_code')
  const region = field(found, 'state1') ?? nameOf(field(field(found, 'subdivisions'), '0'))
  const city = nameOf(field(found, 'city'))
  return {
    ...(typeof country === 'string' &&
      /^[A-Z]{2}$/i.test(country) && { country: country.toUpperCase() }),
    ...textField('region', region),
    ...textField('city', city),
  }
}

function recordAt(reader: Reader<Response>, address: string): unknown {
  try {
    return reader.get(address)
  } catch {
    // A damaged record of a file of cities: where somebody is stays unknown, and the event is stored all the same.
    return undefined
  }
}

function nameOf(value: unknown): unknown {
  return typeof value === 'string' ? value : field(field(value, 'names'), 'en')
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return Reflect.get(value, key)
}

function textField(key: 'region' | 'city', value: unknown): Place {
  if (typeof value !== 'string' || value === '') return {}
  return { [key]: wellFormed(value.slice(0, MAX_NAME_CHARS)) }
}

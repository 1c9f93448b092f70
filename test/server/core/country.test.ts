import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createCountryLookup } from '#server/core/country.ts'
import { StartError } from '#server/core/errors.ts'
import { mmdbFile, type MmdbValue } from '../../support/mmdb.ts'

const folder = mkdtempSync(join(tmpdir(), 'granplaza-places-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(name: string, contents: Buffer | string): string {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}

const BERLIN = '85.214.132.117'
const placeIn = (name: string, record: MmdbValue) =>
  createCountryLookup({ geoipFile: fileOf(name, mmdbFile(BERLIN, record)) })

describe('the country of an address', () => {
  const placeOf = createCountryLookup({})

  it.each([
    ['8.8.8.8', 'US'],
    ['190.210.0.1', 'AR'],
    ['200.147.0.1', 'BR'],
    ['193.171.0.1', 'AT'],
    [BERLIN, 'DE'],
    ['212.27.48.10', 'FR'],
    ['2a01:e00::1', 'FR'],
    ['2001:4860:4860::8888', 'US'],
    ['::ffff:193.171.0.1', 'AT'],
  ])('of %s is %s', (address, country) => {
    expect(placeOf(address)).toEqual({ country })
  })

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '203.0.113.9',
    '2001:db8::1',
    'fd00::1',
    '::1',
    'fe80::1',
    '',
    'unknown',
    '8.8.8',
    '8.8.8.8:80',
  ])('of “%s” is unknown', (address) => {
    expect(placeOf(address)).toEqual({})
  })
})

describe('a file of cities', () => {
  it('says region and city, as MaxMind and DB-IP write them', () => {
    const placeOf = placeIn('nested.mmdb', {
      country: { iso_code: 'de', names: { en: 'Germany' } },
      subdivisions: [{ iso_code: 'BE', names: { de: 'Berlin', en: 'Land Berlin' } }],
      city: { names: { en: 'Berlin' } },
    })

    expect(placeOf(BERLIN)).toEqual({ country: 'DE', region: 'Land Berlin', city: 'Berlin' })
  })

  it('says region and city, as ip-location-db writes them', () => {
    const placeOf = placeIn('flat.mmdb', { country_code: 'DE', state1: 'Berlin', city: 'Mitte' })

    expect(placeOf(BERLIN)).toEqual({ country: 'DE', region: 'Berlin', city: 'Mitte' })
  })

  it('stands before the countries of the package, which know what it does not', () => {
    const placeOf = placeIn('other.mmdb', { country: { iso_code: 'AT' } })

    expect(placeOf(BERLIN)).toEqual({ country: 'AT' })
    expect(placeOf('8.8.8.8')).toEqual({ country: 'US' })
  })

  it('may know less than a country, or hold what is no place', () => {
    expect(placeIn('odd.mmdb', { country: 'Germany', city: [1], state1: 5 })(BERLIN)).toEqual({
      country: 'DE',
    })
    expect(placeIn('number.mmdb', 7)(BERLIN)).toEqual({ country: 'DE' })
  })

  it('that is damaged inside still leaves the country', () => {
    const whole = mmdbFile(BERLIN, { city: { names: { en: 'Berlin' } } })
    // The type of the record becomes a pointer to beyond the end.
    whole.fill(0x3f, 32 * 6 + 16, 32 * 6 + 22)
    const placeOf = createCountryLookup({ geoipFile: fileOf('damaged.mmdb', whole) })

    expect(placeOf(BERLIN)).toEqual({ country: 'DE' })
  })

  it.each([
    { what: 'is missing', path: join(folder, 'nowhere.mmdb') },
    { what: 'is another kind of file', path: fileOf('notes.txt', 'no MMDB') },
    { what: 'is empty', path: fileOf('empty.mmdb', '') },
  ])('that $what stops the start in one sentence', ({ path }) => {
    const start = () => createCountryLookup({ geoipFile: path })

    expect(start).toThrow(StartError)
    expect(start).toThrow(/^GEOIP_FILE is ".+": it can't be read as an MMDB file$/)
  })
})

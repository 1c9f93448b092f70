import type { DeviceClass } from '#protocol/names.ts'

/** Families in lower case; what a user agent does not tell is missing. */
export interface Families {
  /** `chrome`, `safari`, `firefox`, `edge`, `opera`, `samsung`, …; an app that shows pages itself, such as `instagram`. */
  readonly browser?: string
  /** `windows`, `macos`, `ios`, `android`, `linux`, `chromeos`, `harmonyos`. */
  readonly os?: string
  readonly device?: DeviceClass
}

/** Longer ones are forged; reading stops here, so that what it costs is bounded. */
const MAX_CHARS = 512
const MAX_KNOWN = 1_000

/** What stands in a user agent, in lower case, and the family; the first that is there counts. */
type Marks = readonly (readonly [mark: string, family: string])[]

/** Browsers name those that they are built upon as well, so the more special come first. */
const BROWSERS: Marks = [
  ['instagram', 'instagram'],
  ['fban/', 'facebook'],
  ['fbav/', 'facebook'],
  ['musical_ly', 'tiktok'],
  ['bytedancewebview', 'tiktok'],
  ['gsa/', 'google'],
  ['edg/', 'edge'],
  ['edga/', 'edge'],
  ['edgios/', 'edge'],
  ['edge/', 'edge'],
  ['opr/', 'opera'],
  ['opx/', 'opera'],
  ['opt/', 'opera'],
  ['opios/', 'opera'],
  ['opera', 'opera'],
  ['samsungbrowser/', 'samsung'],
  ['yabrowser/', 'yandex'],
  ['ucbrowser/', 'uc'],
  ['miuibrowser/', 'miui'],
  ['huaweibrowser/', 'huawei'],
  ['vivaldi/', 'vivaldi'],
  ['duckduckgo/', 'duckduckgo'],
  ['ddg/', 'duckduckgo'],
  ['silk/', 'silk'],
  ['whale/', 'whale'],
  ['firefox/', 'firefox'],
  ['fxios/', 'firefox'],
  ['crios/', 'chrome'],
  ['chromium/', 'chrome'],
  ['chrome/', 'chrome'],
  ['trident/', 'ie'],
  ['msie ', 'ie'],
]

const SYSTEMS: Marks = [
  // Windows Phone and HarmonyOS say that they are Android too, and iOS that it is like Mac OS X.
  ['windows', 'windows'],
  ['harmony', 'harmonyos'],
  ['iphone', 'ios'],
  ['ipad', 'ios'],
  ['ipod', 'ios'],
  ['android', 'android'],
  ['cros ', 'chromeos'],
  ['macintosh', 'macos'],
  ['mac os x', 'macos'],
  ['linux', 'linux'],
  ['x11', 'linux'],
]

const DESKTOPS = new Set(['windows', 'macos', 'linux', 'chromeos'])
/** Big screens without a device class of ours. */
const TELEVISION =
  /smart-?tv|google ?tv|apple ?tv|android tv|hbbtv|bravia|\baft[a-z]|web0s|crkey|playstation|xbox/

/** Browser, system and device of a user agent. An iPad that asks for desktop pages looks like a Mac, and is taken for one. */
export function familiesOf(userAgent: string): Families {
  const text = userAgent.slice(0, MAX_CHARS).toLowerCase()
  const os = familyIn(SYSTEMS, text)
  const browser = familyIn(BROWSERS, text) ?? (isSafari(text, os) ? 'safari' : undefined)
  const device = deviceOf(text, os)
  return {
    ...(browser !== undefined && { browser }),
    ...(os !== undefined && { os }),
    ...(device !== undefined && { device }),
  }
}

/** Remembers what it read, for few user agents are in use. */
export function createFamilyLookup(): (userAgent: string) => Families {
  const known = new Map<string, Families>()
  return (userAgent) => {
    const remembered = known.get(userAgent)
    if (remembered !== undefined) return remembered
    const families = familiesOf(userAgent)
    if (userAgent.length > MAX_CHARS) return families
    const [oldest] = known.keys()
    if (oldest !== undefined && known.size >= MAX_KNOWN) known.delete(oldest)
    known.set(userAgent, families)
    return families
  }
}

function familyIn(marks: Marks, text: string): string | undefined {
  return marks.find(([mark]) => text.includes(mark))?.[1]
}

/** Every browser says `safari`; Apple's own says its version too, and an app's view of a page does not. */
function isSafari(text: string, os: string | undefined): boolean {
  return (os === 'ios' || os === 'macos') && text.includes('version/') && text.includes('safari/')
}

function deviceOf(text: string, os: string | undefined): DeviceClass | undefined {
  if (TELEVISION.test(text)) return undefined
  if (text.includes('ipad') || text.includes('tablet')) return 'tablet'
  if (text.includes('mobile') || text.includes('iphone') || text.includes('ipod')) return 'phone'
  // Android browsers leave `Mobile` out on what is no phone.
  if (os === 'android' || os === 'harmonyos') return 'tablet'
  return os !== undefined && DESKTOPS.has(os) ? 'desktop' : undefined
}

import { FieldNameSchema, LinkSchema, PictureSchema } from '#protocol/popup.ts'

/** Says what is wrong with an attribute's value; undefined: nothing. */
type Fault = (value: string) => string | undefined
/** A map, because names come from outside: an object would know `constructor`. */
type Attributes = ReadonlyMap<string, Fault>

const INPUT_TYPES = ['text', 'email', 'tel', 'number', 'date', 'url', 'checkbox', 'radio', 'hidden']
const BUTTON_TYPES = ['button', 'submit', 'reset']

const anything: Fault = () => undefined
const oneOf =
  (values: readonly string[]): Fault =>
  (value) =>
    values.includes(value.toLowerCase()) ? undefined : `one of ${values.join(', ')}`
const wholeNumber: Fault = (value) => (/^\d{1,5}$/.test(value) ? undefined : 'a whole number')
const as =
  ({ safeParse }: Pick<typeof LinkSchema, 'safeParse'>): Fault =>
  (value) =>
    safeParse(value).error?.issues[0]?.message

const EVERYWHERE = attributes({
  class: anything,
  id: anything,
  role: anything,
  title: anything,
  lang: anything,
  dir: oneOf(['ltr', 'rtl', 'auto']),
  'data-gp-close': anything,
  'data-gp-click': anything,
  'data-gp-submit': anything,
})

const NOTHING = attributes({})
const CELL = { colspan: wholeNumber, rowspan: wholeNumber, scope: anything }
const FIELD = { name: as(FieldNameSchema), required: anything, autocomplete: anything }

/** Every element that own HTML may have, with the attributes of its own. Nothing in here loads code or leaves the page unasked. */
const ELEMENTS: ReadonlyMap<string, Attributes> = new Map([
  ...named('div section article aside header footer p span h1 h2 h3 h4 h5 h6 br hr wbr'),
  ...named('strong b em i u s small sub sup mark del ins abbr q cite code kbd pre blockquote'),
  ...named('bdi bdo ul ol li dl dt dd figure figcaption details summary address time'),
  ...named('table caption colgroup col thead tbody tfoot tr fieldset legend'),
  ['th', attributes(CELL)],
  ['td', attributes(CELL)],
  ['a', attributes({ href: as(LinkSchema), target: oneOf(['_blank']) })],
  [
    'img',
    attributes({ src: as(PictureSchema), alt: anything, width: wholeNumber, height: wholeNumber }),
  ],
  ['label', attributes({ for: anything })],
  [
    'input',
    attributes({
      ...FIELD,
      type: oneOf(INPUT_TYPES),
      value: anything,
      placeholder: anything,
      checked: anything,
    }),
  ],
  ['textarea', attributes({ ...FIELD, placeholder: anything })],
  ['select', attributes(FIELD)],
  ['optgroup', attributes({ label: anything })],
  ['option', attributes({ value: anything, selected: anything })],
  ['button', attributes({ type: oneOf(BUTTON_TYPES) })],
])

/** Gone with all that is in them; of any other element that is not allowed, its content stays. */
const GONE = new Set([
  ...'script style link meta base template title iframe frame frameset object embed applet'.split(
    ' ',
  ),
  ...'param noscript noembed noframes xmp plaintext audio video canvas map dialog'.split(' '),
])

export type Standing = 'allowed' | 'content_only' | 'gone'

/** What becomes of an HTML element of this name, in lower case. */
export function standingOf(tag: string): Standing {
  if (ELEMENTS.has(tag)) return 'allowed'
  return GONE.has(tag) ? 'gone' : 'content_only'
}

/** Why an allowed element may not have this attribute; undefined: it may. */
export function attributeFault(tag: string, name: string, value: string): string | undefined {
  if (/^aria-[a-z]+$/.test(name)) return undefined
  const fault = ELEMENTS.get(tag)?.get(name) ?? EVERYWHERE.get(name)
  return fault === undefined ? 'not allowed' : fault(value)
}

function named(tags: string): [string, Attributes][] {
  return tags.split(' ').map((tag) => [tag, NOTHING])
}

function attributes(faults: Readonly<Record<string, Fault>>): Attributes {
  return new Map(Object.entries(faults))
}

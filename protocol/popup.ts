import { z } from 'zod'
import { MAX_NAME_CHARS, PURPOSES } from './names.ts'

export const POPUP_LIMITS = {
  blocks: 30,
  fields: 10,
  options: 20,
  languages: 20,
  textChars: 2_000,
  urlChars: 2_048,
  htmlChars: 50_000,
  cssChars: 20_000,
  nodes: 1_000,
  products: 5,
} as const

/** What texts may tell of the visitor. `left`: of a goal block, what the cart still lacks. */
export const VARIABLES = ['firstName', 'cartQuantity', 'cartTotal', 'left'] as const

const Line = z
  .string()
  .max(POPUP_LIMITS.textChars)
  .refine(
    (text) => variablesIn(text).every((name) => VARIABLES.some((known) => known === name)),
    `{{…}} stands for one of ${VARIABLES.join(', ')}`,
  )
const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A language tag: en, es-CO')
/**
 * One text, or one a language: the page's language is taken, else the visitor's, else the first. `{{firstName|friend}}`
 * stands for what is known of the visitor, with what to say where it is not; see `VARIABLES`.
 */
const LocalText = z
  .union([
    Line,
    z
      .record(Language, Line)
      .refine((texts) => Object.keys(texts).length > 0, 'A text in at least one language')
      .refine(
        (texts) => Object.keys(texts).length <= POPUP_LIMITS.languages,
        `At most ${POPUP_LIMITS.languages} languages`,
      ),
  ])
  .meta({ id: 'LocalText' })
export type LocalText = z.infer<typeof LocalText>

/** An address on the shop's own site, or an https one; nothing that runs. Browsers take a backslash for a slash. */
export const LinkSchema = z
  .string()
  .max(POPUP_LIMITS.urlChars)
  .regex(
    /^(https?:\/\/[^\s\\]+|\/(?![/\\])[^\s\\]*|#[^\s]*|mailto:[^\s]+|tel:[+\d ().-]+)$/i,
    'A link: https://…, /path, mailto: or tel:',
  )
export const PictureSchema = z
  .string()
  .max(POPUP_LIMITS.urlChars)
  .regex(/^(https?:\/\/[^\s\\]+|\/(?![/\\])[^\s\\]*)$/i, 'A picture: https://… or /path')
const Pixels = z.int().min(1).max(10_000)
const Colour = z.string().regex(/^#[\da-f]{6}$/i, 'A colour: #1b4dd6')
const Name = z.string().min(1).max(MAX_NAME_CHARS)
export const FieldNameSchema = z.string().regex(/^[a-z][\w-]{0,63}$/i, 'Letters, digits, - and _')
const Money = {
  amount: z.int().min(0),
  currency: z.string().regex(/^[A-Z]{3}$/, 'An ISO 4217 code'),
}

const action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('link'), url: LinkSchema, inNewTab: z.boolean().optional() }),
  z.strictObject({ do: z.literal('close') }),
  /** Sends the form's fields. */
  z.strictObject({ do: z.literal('submit') }),
  /** Allows these purposes and no others, as `gp.consent` does, and closes. */
  z.strictObject({
    do: z.literal('consent'),
    allows: z
      .array(z.enum(PURPOSES))
      .max(PURPOSES.length)
      .refine((all) => new Set(all).size === all.length, 'Each purpose once'),
  }),
])
export type ButtonAction = z.infer<typeof action>

/** What a field's value is of the person; it is then a trait, too. */
export const FIELD_TRAITS = ['email', 'phone', 'firstName', 'lastName', 'birthOn'] as const
export type FieldTrait = (typeof FIELD_TRAITS)[number]

const field = z.strictObject({
  kind: z.literal('field'),
  name: FieldNameSchema,
  type: z.enum(['email', 'phone', 'text', 'choice', 'checkbox', 'date']),
  label: LocalText,
  hint: LocalText.optional(),
  isRequired: z.boolean().default(false),
  trait: z.enum(FIELD_TRAITS).optional(),
  /** Of the customer, that its value becomes: a number where all options are numbers, a boolean of a box to tick, else a text. */
  attribute: FieldNameSchema.optional(),
  /** Of a choice. */
  options: z
    .array(z.strictObject({ value: Name, label: LocalText }))
    .min(1)
    .max(POPUP_LIMITS.options)
    .optional(),
  /** Of a choice: a list to open (as when left out), all of them below one another, or in a row as a scale. */
  look: z.enum(['select', 'radios', 'scale']).optional(),
})
export type Field = z.infer<typeof field>

const product = z.strictObject({
  id: Name,
  name: LocalText,
  url: LinkSchema.optional(),
  imageUrl: PictureSchema.optional(),
  price: z.strictObject(Money).optional(),
})

export const BlockSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('heading'), text: LocalText }),
    /** Lines are kept; nothing in it is markup. */
    z.strictObject({ kind: z.literal('text'), text: LocalText, isSmall: z.boolean().optional() }),
    /** Sized, so that nothing moves when it comes. An empty `alt`: it says nothing. */
    z.strictObject({
      kind: z.literal('image'),
      url: PictureSchema,
      alt: LocalText,
      width: Pixels,
      height: Pixels,
      link: LinkSchema.optional(),
    }),
    z.strictObject({
      kind: z.literal('button'),
      text: LocalText,
      action,
      look: z.enum(['primary', 'secondary', 'quiet']).default('primary'),
    }),
    field,
    z.strictObject({
      kind: z.literal('coupon'),
      code: z.string().min(1).max(60),
      label: LocalText.optional(),
    }),
    /** To a real end, epoch ms; afterwards `over` is said. */
    z.strictObject({
      kind: z.literal('countdown'),
      until: z.int().min(0),
      label: LocalText,
      over: LocalText,
    }),
    z.strictObject({
      kind: z.literal('product'),
      /** The newest of the cart, or this one. */
      of: z.union([z.literal('cart'), product]),
      most: z.int().min(1).max(POPUP_LIMITS.products).default(3),
    }),
    /** How far the cart is from an amount: `left` while it is below, then `reached`. */
    z.strictObject({ kind: z.literal('goal'), ...Money, left: LocalText, reached: LocalText }),
  ])
  .meta({ id: 'PopupBlock' })
export type Block = z.infer<typeof BlockSchema>
export type BlockOf<K extends Block['kind']> = Extract<Block, { kind: K }>

const blocks = z
  .array(BlockSchema)
  .max(POPUP_LIMITS.blocks)
  .superRefine((all, context) => {
    const names = all.flatMap((one) => (one.kind === 'field' ? [one.name] : []))
    if (new Set(names).size < names.length) {
      context.addIssue({ code: 'custom', message: 'Two fields have one name' })
    }
    if (names.length > POPUP_LIMITS.fields) {
      context.addIssue({ code: 'custom', message: `At most ${POPUP_LIMITS.fields} fields` })
    }
    for (const one of all) {
      if (one.kind === 'field' && (one.type === 'choice') !== (one.options !== undefined)) {
        context.addIssue({
          code: 'custom',
          message: 'options: those of a choice, and of nothing else',
        })
      }
      if (one.kind === 'field' && one.trait !== undefined && one.attribute !== undefined) {
        context.addIssue({ code: 'custom', message: 'attribute: not where there is a trait' })
      }
      if (one.kind === 'field' && one.look !== undefined && one.type !== 'choice') {
        context.addIssue({ code: 'custom', message: 'look: that of a choice, and of nothing else' })
      }
    }
  })

const theme = z.strictObject({
  accent: Colour.optional(),
  background: Colour.optional(),
  text: Colour.optional(),
  radius: z.int().min(0).max(32).optional(),
})
export type Theme = z.infer<typeof theme>

/** Where it stands. A modal takes the focus, a bar and a slide-in never do. */
const layout = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('modal') }),
  z.strictObject({ kind: z.literal('bar'), edge: z.enum(['top', 'bottom']) }),
  /** At the bottom, where a line of text ends, or where it starts. */
  z.strictObject({ kind: z.literal('slideIn'), corner: z.enum(['start', 'end']) }),
])
export type Layout = z.infer<typeof layout>

const frame = {
  layout,
  theme: theme.default({}),
  /** What a screen reader calls it; without one, its first heading. */
  label: LocalText.optional(),
  /** False only where the visitor has to choose, as in an age gate: no close button, Escape does nothing. */
  canClose: z.boolean().default(true),
}

/** A pop-up as it is written. `thanks` is told once the form has been stored, and not before. */
export const PopupSchema = z
  .strictObject({
    ...frame,
    design: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('blocks'),
        blocks: blocks.min(1),
        thanks: blocks.optional(),
      }),
      z.strictObject({
        kind: z.literal('html'),
        html: z.string().min(1).max(POPUP_LIMITS.htmlChars),
        css: z.string().max(POPUP_LIMITS.cssChars).default(''),
        thanks: blocks.optional(),
      }),
    ]),
  })
  .superRefine(({ design, canClose }, context) => {
    const offers = design.kind === 'html' ? [] : design.blocks
    const hasWayOut = offers.some((one) => one.kind === 'button')
    if (!canClose && !hasWayOut) {
      context.addIssue({ code: 'custom', message: 'canClose: false needs buttons of its own' })
    }
    const hasFields = offers.some(({ kind }) => kind === 'field')
    const submits = offers.some((one) => one.kind === 'button' && one.action.do === 'submit')
    if (hasFields !== submits && design.kind === 'blocks') {
      context.addIssue({
        code: 'custom',
        message: 'Fields need a button that submits, and it needs fields',
      })
    }
  })
export type Popup = z.output<typeof PopupSchema>
export type PopupInput = z.input<typeof PopupSchema>

/** Own HTML after it was sanitised: a text, or an element with what it may have. */
export type HtmlNode =
  | string
  | {
      readonly tag: string
      readonly attributes?: Readonly<Record<string, string>>
      readonly children?: readonly HtmlNode[]
    }

/** A pop-up as pages get it. */
export interface PopupContent {
  readonly layout: Layout
  readonly theme: Theme
  readonly label?: LocalText
  readonly canClose: boolean
  readonly design:
    | { readonly kind: 'blocks'; readonly blocks: readonly Block[] }
    | { readonly kind: 'tree'; readonly tree: readonly HtmlNode[]; readonly css: string }
}

/** One pass over the text, whatever is in it: a brace ends a name, so that nothing is looked at twice. */
function variablesIn(text: string): string[] {
  return [...text.matchAll(/\{\{([^{}|]*)(?:\|[^{}]*)?\}\}/g)].map(([, name = '']) => name.trim())
}

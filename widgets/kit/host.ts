import type { Known } from '#protocol/experiences.ts'
import type { Purpose } from '#protocol/names.ts'
import type { Block, HtmlNode, LocalText } from '#protocol/popup.ts'
import type { VNode } from './h.ts'

/** How a visitor closed it: all but `command` (the page called `gp.dismiss`) and `gone` (no longer to be shown) are theirs. */
export type Closing = 'button' | 'escape' | 'backdrop' | 'action' | 'command' | 'gone'

export type SubmitOutcome =
  | { readonly ok: true; readonly thanks: readonly Block[] }
  /** `offline`: try again later; `invalid`: the server does not take these values. */
  | { readonly ok: false; readonly reason: 'offline' | 'invalid' }

/** All that a widget has of the page and the tag. */
export interface WidgetHost<Content> {
  /** Its own, empty, in an element that styles of the page do not reach; not on the page before `show`. */
  readonly root: ShadowRoot
  readonly content: Content
  readonly known: Known | undefined
  /** Best first: the page's language, then the browser's. */
  readonly languages: readonly string[]
  /** Gives a module beside the widget's own. */
  readonly load: (name: PartName) => Promise<unknown>
  readonly now: () => number
  /** It is drawn and can be seen: this spends the claim. */
  readonly shown: () => void
  /** A button or link was used. `what`: the button's words or the link's address. */
  readonly clicked: (what: string) => void
  /** The visitor is done with it; the host then calls `unmount`. */
  readonly closed: (how: Closing) => void
  /** What the visitor allows from now on. */
  readonly chose: (choice: Readonly<Record<Purpose, boolean>>) => void
  readonly submit: (fields: Readonly<Record<string, string | boolean>>) => Promise<SubmitOutcome>
}

/** What a pop-up needs now and then: own HTML, and blocks that few have. */
export type PartName = 'own-html' | 'popup-offers'

export interface OwnHtmlGiven {
  readonly design: { readonly tree: readonly HtmlNode[]; readonly css: string }
  /** A text with what is known in place of its variables. */
  readonly text: (text: string) => string
  readonly use: (what: string) => void
  readonly close: () => void
  readonly send: (fields: Readonly<Record<string, string | boolean>>) => void
}

/** What the module `own-html` exports: draws a sanitised tree into `slot`; again, where it has changed. */
export type DrawOwnHtml = (slot: Element, given: OwnHtmlGiven) => void

/** What blocks of a module beside the widget's are drawn from. */
export interface OfferGiven {
  /** Of the pop-up; their style sheet joins its own. */
  readonly root: ShadowRoot
  readonly known: Known | undefined
  readonly now: number
  readonly language: string
  readonly text: (text: LocalText, left?: Sum) => string
  readonly price: (price: Sum) => string
  /** The name of so many `unit`s: “hours”. */
  readonly unit: (value: number, unit: string) => string
  readonly use: (what: string) => void
}

/** Minor units. */
interface Sum {
  readonly amount: number
  readonly currency: string
}

/** What the module `popup-offers` exports as `drawOffer`. */
export type DrawOffer = (block: Block, given: OfferGiven) => VNode | null

/** What a widget's module exports as `ready`: resolves when the modules that this content needs are there. */
export type Ready<Content> = (content: Content, load: WidgetHost<Content>['load']) => Promise<void>

/** What a widget's module exports as `mount`: makes it ready in its root, while it is asked whether it may be shown. */
export type Mount<Content> = (host: WidgetHost<Content>) => MountedWidget<Content>

export interface MountedWidget<Content> {
  /** Once, when the root is on the page. */
  readonly show: () => void
  /** What is known or shown has changed under it; whatever the visitor has typed stays. */
  readonly update: (content: Content, known: Known | undefined) => void
  /** Leaves no listener, timer or node; resolves when it has faded. */
  readonly unmount: () => Promise<void>
}

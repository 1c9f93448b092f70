import type { DropReason, Purpose } from '#protocol/names.ts'

/** Why a command did nothing, or its event was not stored. */
export type NotDoneReason =
  | DropReason
  | 'unknown_command'
  | 'not_enabled'
  | 'not_allowed'
  | 'queue_full'
  | 'withdrawn'
  | 'destroyed'
  | 'no_answer'
  | 'place_taken'
  | 'not_shown'
  // The server's reasons not to draw; spelled out, for the types of the package bring nothing else along.
  | 'frequency'
  | 'stopped'
  | 'too_soon'
  | 'not_active'
  | 'no_window'

/** Every command's promise resolves with one of these; it never rejects. */
export type Outcome = { ok: true } | NotDone
export type NotDone = { ok: false; reason: NotDoneReason; message: string }

export interface Product {
  product_id: string
  sku?: string
  name?: string
  brand?: string
  category?: string
  variant?: string
  /** In units of the currency, as shown: 19.9. */
  price?: number
  /** ISO 4217. */
  currency?: string
  quantity?: number
  coupon?: string
  position?: number
  url?: string
  image_url?: string
  value?: number
  [custom: string]: unknown
}

export interface ProductList {
  list_id?: string
  category?: string
  products: Product[]
  [custom: string]: unknown
}

export interface Cart {
  cart_id?: string
  currency?: string
  value?: number
  coupon?: string
  products: Product[]
  [custom: string]: unknown
}

export interface Order {
  order_id: string
  checkout_id?: string
  affiliation?: string
  currency?: string
  value?: number
  revenue?: number
  subtotal?: number
  total?: number
  shipping?: number
  tax?: number
  discount?: number
  coupon?: string
  products?: Product[]
  [custom: string]: unknown
}

export interface Checkout extends Omit<Order, 'order_id'> {
  order_id?: string
  step?: number
  shipping_method?: string
  payment_method?: string
}

export interface Promotion {
  promotion_id: string
  name?: string
  creative?: string
  position?: string
  [custom: string]: unknown
}

/** The standard e-commerce events and what each carries; other names take any properties. */
export interface StandardEvents {
  'Products Searched': { query: string; [custom: string]: unknown }
  'Product List Viewed': ProductList
  'Product List Filtered': ProductList & { filters?: unknown[]; sorts?: unknown[] }
  'Promotion Viewed': Promotion
  'Promotion Clicked': Promotion
  'Product Clicked': Product
  'Product Viewed': Product
  'Product Added': Product & { cart_id?: string }
  'Product Removed': Product & { cart_id?: string }
  'Product Shared': Product & { share_via?: string }
  'Product Reviewed': { product_id: string; rating?: number; [custom: string]: unknown }
  'Product Added to Wishlist': Product & { wishlist_id?: string }
  'Product Removed from Wishlist': Product & { wishlist_id?: string }
  'Wishlist Product Added to Cart': Product & { wishlist_id?: string; cart_id?: string }
  'Cart Viewed': Cart
  'Cart Shared': { share_via?: string; [custom: string]: unknown }
  'Checkout Started': Checkout
  'Checkout Step Viewed': Checkout
  'Checkout Step Completed': Checkout
  'Payment Info Entered': Checkout
  'Order Completed': Order
  'Order Updated': Order
  'Order Refunded': Order
  'Order Cancelled': Order
  'Coupon Entered': { coupon_id?: string; [custom: string]: unknown }
  'Coupon Applied': { coupon_id?: string; discount?: number; [custom: string]: unknown }
  'Coupon Denied': { coupon_id?: string; reason?: string; [custom: string]: unknown }
  'Coupon Removed': { coupon_id?: string; discount?: number; [custom: string]: unknown }
}

export type Properties = Record<string, unknown>

export interface InitOptions {
  shop: string
  host?: string
  consent?: 'off' | 'anonymous' | 'full'
  cookie?: boolean
  layer?: string
  pageType?:
    | 'home'
    | 'product'
    | 'category'
    | 'cart'
    | 'checkout'
    | 'search'
    | 'thank-you'
    | 'other'
  query?: boolean
  debug?: boolean
}

export interface ConsentChoice {
  statistics?: boolean
  personalisation?: boolean
  marketing?: boolean
}

/** An experience, as the page hears of it. */
export interface ExperienceTold {
  key: string
  experienceId: string
  variantId: string
}

/** What the page may hear with `gp.on`. */
export interface GpEvents {
  ready: undefined
  'page:viewed': { url: string }
  'event:sent': { id: string; name: string }
  'event:dropped': { id: string; name: string; reason: NotDoneReason; message: string }
  'experience:shown': ExperienceTold & { claim_id: string }
  /** `what`: the button's words or the link's address. */
  'experience:clicked': ExperienceTold & { what: string }
  /** `how`: by its `button`, an `action` in it, `escape` or the `backdrop`; by `gp.dismiss` (`command`); or it is `gone`. */
  'experience:closed': ExperienceTold & { how: string }
  'experience:submitted': ExperienceTold & { submission_id: string }
  'chat:ready': object
  'chat:open': object
  'chat:close': object
  'chat:start': { conversationId: string }
  'chat:end': { conversationId: string }
  'chat:message': {
    number: number
    author: 'visitor' | 'operator' | 'bot' | 'system'
    kind: 'text' | 'attachment' | 'product'
    text?: string
  }
  'chat:unread': { count: number }
  'chat:availability': { isAnyoneThere: boolean }
  /** Who answers; nobody, where they left. */
  'chat:assigned': { operators: string[] }
  /** How many wait before, this one included; null: it waits no longer. */
  'chat:queue': { position: number | null }
  'chat:rating': { rating: number; comment?: string }
  'chat:error': { reason: string }
  'consent:changed': (Record<Purpose, boolean> & { gpc?: boolean | undefined }) | null
}

export interface ChatOptions {
  /** Stands in the window to be sent, or is sent at once. */
  message?: string
  send?: boolean
  /** In place of the shop's own; only before anything of a chat has been drawn. */
  channel?: string
}

/** `state` is missing until a window was opened or a conversation runs. */
export type ChatStateOutcome =
  | {
      ok: true
      state?: { isOpen: boolean; isRunning: boolean; isAnyoneThere: boolean; unread: number }
    }
  | NotDone

export interface GpCommands {
  init: (options: InitOptions) => Promise<Outcome>
  track: {
    <N extends keyof StandardEvents>(name: N, properties: StandardEvents[N]): Promise<Outcome>
    <N extends string>(
      name: N extends keyof StandardEvents ? never : N,
      properties?: Properties,
    ): Promise<Outcome>
  }
  page: (name?: string, properties?: Properties) => Promise<Outcome>
  /** `signature`: made by the shop's server over shop and id, where the shop demands it. */
  identify: (
    userId: string | undefined,
    traits?: Properties,
    options?: { signature?: string },
  ) => Promise<Outcome>
  alias: (userId: string) => Promise<Outcome>
  group: (groupId: string, traits?: Properties) => Promise<Outcome>
  reset: () => Promise<Outcome>
  consent: (choice: ConsentChoice) => Promise<Outcome>
  cart: (cart: Cart) => Promise<Outcome>
  on: <E extends keyof GpEvents>(name: E, hear: (told: GpEvents[E]) => void) => Promise<Outcome>
  once: <E extends keyof GpEvents>(name: E, hear: (told: GpEvents[E]) => void) => Promise<Outcome>
  off: <E extends keyof GpEvents>(name: E, hear: (told: GpEvents[E]) => void) => Promise<Outcome>
  ready: (run?: () => void) => Promise<Outcome>
  debug: (isOn: boolean) => Promise<Outcome>
  destroy: () => Promise<Outcome>
  show: (key: string) => Promise<Outcome>
  dismiss: (key: string) => Promise<Outcome>
  get: (key: string) => Promise<Outcome>
  openChat: (options?: ChatOptions) => Promise<Outcome>
  closeChat: () => Promise<Outcome>
  toggleChat: () => Promise<Outcome>
  showLauncher: () => Promise<Outcome>
  hideLauncher: () => Promise<Outcome>
  sendMessage: (text: string) => Promise<Outcome>
  chatState: () => Promise<ChatStateOutcome>
  openAgenda: (options?: Properties) => Promise<Outcome>
  openLive: (options?: Properties) => Promise<Outcome>
}

/** `gp.track(…)` and `gp('track', …)` are the same. */
export interface Gp extends GpCommands {
  <C extends keyof GpCommands>(command: C, ...args: Parameters<GpCommands[C]>): Promise<Outcome>
  readonly version: string
}

/**
 * Addresses, limits and words that both sides of the wire must spell alike.
 * No imports and only separate constants: the shop's page downloads what the tag uses of this file.
 */

export const DEFAULT_PORT = 4780

export const EVENTS_PATH = '/v1/events'
/** What to show on a page that has no events to send. */
export const DECISIONS_PATH = '/v1/decisions'
/** Asked before an experience is drawn, so that it is shown as often as it may be. */
export const CLAIMS_PATH = '/v1/claims'
/** Forms of experiences. */
export const SUBMISSIONS_PATH = '/v1/submissions'
export const TAG_PATH = '/gp.js'
/** Immutable builds live below `/gp/<version>/`. */
export const TAG_FOLDER = '/gp/'
export const CONSOLE_PATH = '/console'
/** What the console shows there, it finds out by itself. */
export const CONSOLE_PAGES_PATH = '/console/:page'
export const CONSOLE_SUBPAGES_PATH = '/console/:part/:page'
/** The only page of the console that is framed, by itself alone: it draws what visitors will see. */
export const PREVIEW_FRAME_PATH = '/console/preview-frame'
export const LIVE_PAGE_PATH = '/console/live'
/** Spends a one-time link: `POST { token }` → 204 and a session cookie. */
export const CONSOLE_SESSION_PATH = '/api/v1/console-sessions'
/** Where links that set up, invite, rescue or reset lead, with their token as the fragment. */
export const ACCOUNT_LINK_PAGE_PATH = '/console/link'
/** Names the shop of a console's request by its public key; two tabs may show two shops. */
export const SHOP_HEADER = 'x-gp-shop'
/** A member's own account. */
export const ACCOUNT_PATH = '/api/v1/account'
export const SIGN_IN_PATH = '/api/v1/account/sign-in'
export const SIGN_IN_AGAIN_PATH = '/api/v1/account/sign-in-again'
export const SIGN_OUT_PATH = '/api/v1/account/sign-out'
export const ACCOUNT_SESSIONS_PATH = '/api/v1/account/sessions'
export const ACCOUNT_SESSION_PATH = '/api/v1/account/sessions/:sessionId'
export const PASSWORD_PATH = '/api/v1/account/password'
export const PASSWORD_RESETS_PATH = '/api/v1/account/password-resets'
export const SECOND_FACTOR_PATH = '/api/v1/account/second-factor'
export const SECOND_FACTOR_CONFIRMATION_PATH = '/api/v1/account/second-factor/confirmation'
export const RECOVERY_CODES_PATH = '/api/v1/account/recovery-codes'
export const ACCOUNT_PHOTO_PATH = '/api/v1/account/photo'
/** What a link is for, and what it leads to. */
export const ACCOUNT_LINKS_PATH = '/api/v1/account/links'
export const ACCEPTED_LINKS_PATH = '/api/v1/account/accepted-links'
/** The shops of whoever is signed in. */
export const SHOPS_PATH = '/api/v1/shops'
export const SHOP_MEMBERSHIP_PATH = '/api/v1/shops/:shopKey/membership'
/** Who belongs to the shop. */
export const MEMBERS_PATH = '/api/v1/members'
export const MEMBER_PATH = '/api/v1/members/:memberId'
export const MEMBER_ROLES_PATH = '/api/v1/members/:memberId/roles'
export const MEMBER_PHOTO_PATH = '/api/v1/members/:memberId/photo'
export const INVITATIONS_PATH = '/api/v1/invitations'
export const INVITATION_PATH = '/api/v1/invitations/:invitationId'
/** The page for newcomers: an example that uses the tag as a shop would. */
export const DEMO_PATH = '/demo/'
/** The management API, for shops' servers with a secret key. */
export const PRODUCTS_PATH = '/api/v1/products'
export const PRODUCT_PATH = '/api/v1/products/:productId'
/** Of files; below them `/:importId`, and there `/start`, `/undo` and `/faults`. */
export const PRODUCT_IMPORTS_PATH = '/api/v1/product-imports'
export const FEEDS_PATH = '/api/v1/feeds'
export const FEED_PATH = '/api/v1/feeds/:feedId'
export const FEED_FETCH_PATH = '/api/v1/feeds/:feedId/fetch'
export const FEED_RESTORATION_PATH = '/api/v1/feeds/:feedId/restoration'
/** What keeps a shop's catalogue live. */
export const CONNECTION_PATH = '/api/v1/catalog-connection'
/** Gives the webhooks' secret anew: the one before opens nothing any more. */
export const CONNECTION_SECRET_PATH = '/api/v1/catalog-connection/secret'
export const STOCK_USE_PATH = '/api/v1/catalog-connection/stock-use'
/** Where a shop's signed webhooks arrive. */
export const CATALOG_HOOK_PATH = '/v1/catalog-hooks/:connectionId'
export const CUSTOMERS_PATH = '/api/v1/customers'
export const CUSTOMER_PATH = '/api/v1/customers/:customerId'
/** All that was ever said of it, the newest first. */
export const CUSTOMER_CONSENTS_PATH = '/api/v1/customers/:customerId/consents'
export const CUSTOMER_IMPORTS_PATH = '/api/v1/customer-imports'
export const ORDERS_PATH = '/api/v1/orders'
export const ORDER_PATH = '/api/v1/orders/:orderId'
export const ORDER_STATUS_PATH = '/api/v1/orders/:orderId/status'
export const ORDER_IMPORTS_PATH = '/api/v1/order-imports'
export const CUSTOMER_MERGES_PATH = '/api/v1/customer-merges'
export const LISTS_PATH = '/api/v1/lists'
export const LIST_MEMBERS_PATH = '/api/v1/lists/:listId/members'
export const LIST_IMPORTS_PATH = '/api/v1/lists/:listId/imports'
export const IMPORT_PATH = '/api/v1/imports/:importId'
export const IMPORT_START_PATH = '/api/v1/imports/:importId/start'
export const AUDIENCES_PATH = '/api/v1/audiences'
export const AUDIENCE_PATH = '/api/v1/audiences/:id'
export const AUDIENCE_ARCHIVED_PATH = '/api/v1/audiences/:id/archived'
export const AUDIENCE_MEMBERS_PATH = '/api/v1/audiences/:id/members'
export const EXPERIENCES_PATH = '/api/v1/experiences'
export const EXPERIENCE_PATH = '/api/v1/experiences/:id'
export const EXPERIENCE_RESULTS_PATH = '/api/v1/experiences/:id/results'
export const EXPERIENCE_SUBMISSIONS_PATH = '/api/v1/experiences/:id/submissions'
/** As it was after each change. */
export const EXPERIENCE_VERSIONS_PATH = '/api/v1/experiences/:id/versions'
export const EXPERIENCE_VERSION_PATH = '/api/v1/experiences/:id/versions/:number'
/** Links that show a draft on the shop's own pages. */
export const EXPERIENCE_PREVIEWS_PATH = '/api/v1/experiences/:id/previews'
/** What came of all experiences, side by side. */
export const FIGURES_BY_EXPERIENCE_PATH = '/api/v1/experience-figures'
/** Which goes first. */
export const EXPERIENCE_PRIORITIES_PATH = '/api/v1/experience-priorities'
/** A pop-up as pages would get it; stores nothing. */
export const EXPERIENCE_DRAWINGS_PATH = '/api/v1/experience-drawings'
/** Designs to start from. */
export const EXPERIENCE_TEMPLATES_PATH = '/api/v1/experience-templates'
/** What holds for all experiences of a shop; switches them off. */
export const EXPERIENCE_SETTINGS_PATH = '/api/v1/experience-settings'
/** How large each audience was, day by day. */
export const AUDIENCE_GROWTH_PATH = '/api/v1/audience-growth'
/** How many a condition is true of now. */
export const AUDIENCE_ESTIMATES_PATH = '/api/v1/audience-estimates'
/** Values that a condition may mean, of what the shop has seen of late. */
export const TARGETING_SUGGESTIONS_PATH = '/api/v1/targeting-suggestions'
/** Leaf by leaf, what of a condition is true of somebody. */
export const EXPLAIN_PATH = '/api/v1/explain'
/** Background work. */
export const JOBS_PATH = '/api/v1/jobs'
export const JOB_PATH = '/api/v1/jobs/:jobId'
export const JOB_RETRY_PATH = '/api/v1/jobs/:jobId/retry'
/** The outbox, and how mail leaves. */
export const MAIL_STATUS_PATH = '/api/v1/mail/status'
export const MAIL_CHECKS_PATH = '/api/v1/mail/checks'
export const MAIL_TESTS_PATH = '/api/v1/mail/tests'
export const MAILS_PATH = '/api/v1/mail/messages'
export const MAIL_PATH = '/api/v1/mail/messages/:mailId'
export const MAIL_RESEND_PATH = '/api/v1/mail/messages/:mailId/resend'
/** What shops' servers are told of. */
export const WEBHOOKS_PATH = '/api/v1/webhooks'
export const WEBHOOK_PATH = '/api/v1/webhooks/:webhookId'
export const WEBHOOK_SECRET_PATH = '/api/v1/webhooks/:webhookId/secret'
export const WEBHOOK_TEST_PATH = '/api/v1/webhooks/:webhookId/test'
export const WEBHOOK_REPLAY_PATH = '/api/v1/webhooks/:webhookId/replay'
export const WEBHOOK_DELIVERIES_PATH = '/api/v1/webhooks/:webhookId/deliveries'
export const WEBHOOK_DELIVERY_PATH = '/api/v1/webhook-deliveries/:deliveryId'
export const WEBHOOK_RETRY_PATH = '/api/v1/webhook-deliveries/:deliveryId/retry'
export const SHOP_PATH = '/api/v1/shop'
/** Ends a shop and erases all of it. */
export const SHOP_DELETION_PATH = '/api/v1/shop/deletion'
/** How far that is, for whoever was given its token. */
export const DELETION_PROGRESS_PATH = '/api/v1/shop-deletions'
/** Where the console shows it, with the token as the fragment. */
export const DELETION_PAGE_PATH = '/console/deletion'
/** What would be deleted if so many months of events were kept. */
export const RETENTION_PATH = '/api/v1/shop/retention'
/** All of a shop, as lines of JSON. */
export const SHOP_EXPORT_PATH = '/api/v1/shop/export'
export const IDENTITY_PATH = '/api/v1/shop/identity'
export const IDENTITY_SECRET_PATH = '/api/v1/shop/identity-secret'
export const ORIGINS_PATH = '/api/v1/origins'
export const ORIGIN_PATH = '/api/v1/origins/:id'
export const KEYS_PATH = '/api/v1/keys'
export const KEY_PATH = '/api/v1/keys/:id'
export const AUDIT_LOG_PATH = '/api/v1/audit-log'
export const AUDIT_VERIFICATION_PATH = '/api/v1/audit-log/verification'
/** Stored events and visitors, for shops' servers. */
export const STORED_EVENTS_PATH = '/api/v1/events'
export const VISITOR_PATH = '/api/v1/visitors/:id'
/** How the shop is doing, over any days. */
export const FIGURES_PATH = '/api/v1/figures'
export const SESSION_FIGURES_PATH = '/api/v1/figures/sessions'
export const PRODUCT_FIGURES_PATH = '/api/v1/figures/products'
export const EXPERIENCE_FIGURES_PATH = '/api/v1/figures/experiences'
export const CONVERSATION_FIGURES_PATH = '/api/v1/figures/conversations'
export const RATINGS_PATH = '/api/v1/figures/ratings'
/** How many of each name arrived; what they tell; what was left out. */
export const EVENT_NAMES_PATH = '/api/v1/event-names'
export const EVENT_PROPERTIES_PATH = '/api/v1/event-properties'
export const INGESTION_WARNINGS_PATH = '/api/v1/ingestion-warnings'
/** What events and attributes mean to the shop. */
export const DEFINITIONS_PATH = '/api/v1/definitions'
export const DEFINITION_PATH = '/api/v1/definitions/:definitionId'
/** People as one looks for them: what is known of visitors, and of customers over all their visitors. */
export const VISITOR_PROFILES_PATH = '/api/v1/visitor-profiles'
export const VISITOR_PROFILE_PATH = '/api/v1/visitor-profiles/:visitorId'
export const VISITOR_TRAIL_PATH = '/api/v1/visitor-profiles/:visitorId/trail'
export const VISITOR_EXPORT_PATH = '/api/v1/visitor-profiles/:visitorId/export'
export const CUSTOMER_PROFILES_PATH = '/api/v1/customer-profiles'
export const CUSTOMER_PROFILE_PATH = '/api/v1/customer-profiles/:customerId'
export const CUSTOMER_TRAIL_PATH = '/api/v1/customer-profiles/:customerId/trail'
export const CUSTOMER_EXPORT_PATH = '/api/v1/customer-profiles/:customerId/export'
/** Lists as files, narrowed as on the screen. */
export const VISITORS_FILE_PATH = '/api/v1/files/visitors.csv'
export const CUSTOMERS_FILE_PATH = '/api/v1/files/customers.csv'
export const ORDERS_FILE_PATH = '/api/v1/files/orders.csv'
export const PRODUCTS_FILE_PATH = '/api/v1/files/products.csv'
export const CONVERSATIONS_FILE_PATH = '/api/v1/files/conversations.csv'
/** Lists narrowed down, under names that the shop’s members share. */
export const VIEWS_PATH = '/api/v1/saved-views'
export const VIEW_PATH = '/api/v1/saved-views/:viewId'
/** The API's own description, and the page that shows it. */
export const OPENAPI_PATH = '/openapi.json'
export const API_DOCS_PATH = '/docs'
export const HEALTH_PATH = '/healthz'
/** Whether a load balancer should send anybody here. */
export const READY_PATH = '/readyz'
/** Figures for Prometheus, with METRICS_TOKEN. */
export const METRICS_PATH = '/metrics'
export const SOCKET_PATH = '/socket'
/** The socket.io namespace of the console's live page. */
export const LIVE_NAMESPACE = '/console/live'
/** Guides, on the shop's own server. */
export const DOCS_PATH = '/docs/'

/** Bytes of a native request's body, counted as they are read. */
export const MAX_BODY_BYTES = 65_536
export const MAX_BATCH_EVENTS = 100
export const MAX_DEPTH = 32
export const MAX_KEYS = 200
export const MAX_KEY_CHARS = 64
export const MAX_STRING_CHARS = 8_192
export const MAX_NAME_CHARS = 200
export const MAX_ID_CHARS = 200

/** Of rows that would be deleted, counted up to so many. */
export const MAX_COUNTED_ROWS = 100_000

export const EVENT_TYPES = ['track', 'page', 'identify', 'alias', 'group'] as const
export type EventType = (typeof EVENT_TYPES)[number]

export const PAGE_TYPES = [
  'home',
  'product',
  'category',
  'cart',
  'checkout',
  'search',
  'thank-you',
  'other',
] as const
export type PageType = (typeof PAGE_TYPES)[number]

export const DEVICE_CLASSES = ['phone', 'tablet', 'desktop'] as const
export type DeviceClass = (typeof DEVICE_CLASSES)[number]

/** Live chat, for pages: bodies are `text/plain` with key and token inside, so that no preflight ever happens. */
export const CHAT_LAUNCHER_PATH = '/v1/chat/launcher'
/** Begins a conversation with its first message; again with the same token and channel: the one that runs. */
export const CHAT_CONVERSATIONS_PATH = '/v1/chat/conversations'
export const CHAT_MESSAGES_PATH = '/v1/chat/messages'
/** What is missing after a number. */
export const CHAT_LOG_PATH = '/v1/chat/log'
export const CHAT_ATTACHMENTS_PATH = '/v1/chat/attachments'
/** One file, by a name that nobody guesses and that ends with it. */
export const CHAT_ATTACHMENT_PATH = '/v1/chat/attachments/:fileKey'
export const CHAT_RATINGS_PATH = '/v1/chat/ratings'
export const CHAT_ENDINGS_PATH = '/v1/chat/endings'
export const CHAT_TRANSCRIPTS_PATH = '/v1/chat/transcripts'
export const CHAT_OFFLINE_FORMS_PATH = '/v1/chat/offline-forms'
/** The conversations that whoever asks may read, the newest first. */
export const CHAT_HISTORY_PATH = '/v1/chat/history'
/** A conversation of whom the visitor has proven to be goes on here: from then on this browser's token opens it. */
export const CHAT_CONTINUATIONS_PATH = '/v1/chat/continuations'
/** Mails a code to an address. */
export const CHAT_CODES_PATH = '/v1/chat/codes'
/** Shows the mailed code: from then on conversations with that address are told. */
export const CHAT_PROVEN_ADDRESSES_PATH = '/v1/chat/proven-addresses'
export const CHAT_AVATAR_PATH = '/v1/chat/channels/:channelId/avatar'
/** A chat on a page of its own; its fragment may hold the token of a conversation. */
export const CHAT_PAGE_PATH = '/c/:channelId'
/** The socket.io namespaces of visitors and of members, below `SOCKET_PATH`. */
export const CHAT_NAMESPACE = '/chat'
export const CONSOLE_CHAT_NAMESPACE = '/console/chat'
/** Of a visitor's socket: names the shop whose origins may open it. It opens nothing by itself. */
export const SOCKET_SHOP_PARAMETER = 'shop'
/** Live chat, for the console and shops' servers. */
export const CHAT_SETTINGS_PATH = '/api/v1/chat/settings'
export const CHANNELS_PATH = '/api/v1/chat/channels'
export const CHANNEL_PATH = '/api/v1/chat/channels/:channelId'
export const CHANNEL_RULES_PATH = '/api/v1/chat/channels/:channelId/rules'
export const CHANNEL_RULES_TRIAL_PATH = '/api/v1/chat/channels/:channelId/rules/trial'
export const CHANNEL_PHOTO_PATH = '/api/v1/chat/channels/:channelId/avatar'
export const CHANNEL_OPERATORS_PATH = '/api/v1/chat/channels/:channelId/operators'
export const CHANNEL_OPERATOR_PATH = '/api/v1/chat/channels/:channelId/operators/:memberId'
/** Who is invited into the shop, to answer there. */
export const CHANNEL_INVITATIONS_PATH = '/api/v1/chat/channels/:channelId/invitations'
export const CHANNEL_INVITATION_PATH = '/api/v1/chat/channels/:channelId/invitations/:invitationId'
/** A member takes their seat in a channel, and gets its chats, or leaves it. */
export const CHANNEL_SEAT_PATH = '/api/v1/chat/channels/:channelId/seat'
export const OWN_PRESENCE_PATH = '/api/v1/chat/presence'
export const CANNED_REPLIES_PATH = '/api/v1/chat/canned-replies'
export const CANNED_REPLY_PATH = '/api/v1/chat/canned-replies/:replyId'
export const CHATBOTS_PATH = '/api/v1/chat/chatbots'
export const CHATBOT_PATH = '/api/v1/chat/chatbots/:chatbotId'
/** Another one with the same script. */
export const CHATBOT_COPIES_PATH = '/api/v1/chat/chatbots/:chatbotId/copies'
export const MANAGED_CONVERSATIONS_PATH = '/api/v1/chat/conversations'
export const MANAGED_CONVERSATION_PATH = '/api/v1/chat/conversations/:conversationId'
export const CONVERSATION_LOG_PATH = '/api/v1/chat/conversations/:conversationId/log'
export const CONVERSATION_MESSAGES_PATH = '/api/v1/chat/conversations/:conversationId/messages'
export const CONVERSATION_MESSAGE_PATH =
  '/api/v1/chat/conversations/:conversationId/messages/:number'
export const CONVERSATION_ATTACHMENTS_PATH =
  '/api/v1/chat/conversations/:conversationId/attachments'
/** Who answers it: takes it, gives it to a colleague, or to another channel's team. */
export const CONVERSATION_ASSIGNMENT_PATH = '/api/v1/chat/conversations/:conversationId/assignment'
/** Colleagues who were asked to join. */
export const CONVERSATION_COLLEAGUES_PATH = '/api/v1/chat/conversations/:conversationId/colleagues'
/** What conversations are tagged with. */
export const CONVERSATION_TAGS_PATH = '/api/v1/chat/tags'
export const CONVERSATION_TRANSCRIPTS_PATH =
  '/api/v1/chat/conversations/:conversationId/transcripts'

export const MAX_MESSAGE_CHARS = 4_000
/** Of earlier conversations in one answer. */
export const MAX_HISTORY_PAGE = 50
/** Of a chat's requests but files. */
export const MAX_CHAT_BODY_BYTES = 32_768
/** Of one file that is sent in a chat. */
export const MAX_ATTACHMENT_BYTES = 10 * 1_048_576
export const ATTACHMENT_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'application/pdf',
] as const
export type AttachmentType = (typeof ATTACHMENT_TYPES)[number]
/** Entries of one answer to a client that resumes. */
export const LOG_PAGE = 100
/** So long without input or a sent message, a member counts as gone. */
export const PRESENCE_MS = 30 * 60_000
/** A client that types says so again after this long, and counts as typing for somewhat longer. */
export const TYPING_MS = 3_000

/** What a shop allows before a visitor has chosen; see ADR 0003. */
export const CONSENT_MODES = ['off', 'anonymous', 'full'] as const
export type ConsentMode = (typeof CONSENT_MODES)[number]

export const PURPOSES = ['statistics', 'personalisation', 'marketing'] as const
export type Purpose = (typeof PURPOSES)[number]

/** What the server did with one event. `retry`: send it again later, nothing is wrong with it. */
export type EventResultKind = 'ok' | 'duplicate' | 'dropped' | 'retry'

/** Why an event was dropped, or kept with a remark. Shown to shops; texts live beside the words in the console. */
export const DROP_REASONS = [
  'invalid',
  'too_large',
  'bad_user_id',
  'bot',
  'no_consent',
  'future_time',
  'stripped_visitor',
  'foreign_token',
] as const
export type DropReason = (typeof DROP_REASONS)[number]

/** Every refusal, with its HTTP status and what the caller should do about it. */
export const ERRORS = {
  bad_request: { status: 400, act: 'fix' },
  unknown_key: { status: 401, act: 'fix' },
  sign_in: { status: 401, act: 'sign_in' },
  /** Address or password is wrong; which of them, nobody is told. */
  wrong_sign_in: { status: 401, act: 'fix' },
  /** The password is right: a code of the second factor is missing, wrong or used. */
  second_factor: { status: 401, act: 'send_code' },
  /** What was asked for needs a sign-in of the last minutes. */
  sign_in_again: { status: 401, act: 'sign_in_again' },
  link_spent: { status: 401, act: 'new_link' },
  origin_not_allowed: { status: 403, act: 'fix' },
  forbidden: { status: 403, act: 'fix' },
  not_found: { status: 404, act: 'fix' },
  method_not_allowed: { status: 405, act: 'fix' },
  conflict: { status: 409, act: 'reload' },
  too_large: { status: 413, act: 'split' },
  unsupported_encoding: { status: 415, act: 'fix' },
  too_many_requests: { status: 429, act: 'wait' },
  internal: { status: 500, act: 'retry' },
  unavailable: { status: 503, act: 'wait' },
} as const satisfies Record<string, { status: number; act: string }>
export type ErrorCode = keyof typeof ERRORS

/** The event the tag sends for product facts that it read from the page's JSON-LD: seen, not viewed by act of the shop. */
export const PRODUCT_OBSERVED = 'Product Observed'
/** The event behind `gp.cart(cart)`: the whole cart as it now is. */
export const CART_UPDATED = 'Cart Updated'
/** An experience was seen, used, closed by the visitor, or its form was filled in; `experience_id` says which. */
export const EXPERIENCE_SHOWN = 'Experience Shown'
export const EXPERIENCE_CLICKED = 'Experience Clicked'
export const EXPERIENCE_CLOSED = 'Experience Closed'
export const EXPERIENCE_SUBMITTED = 'Experience Submitted'
/** Of a page's address, by which a draft is shown on it; named so that redaction keeps it from being stored. */
export const PREVIEW_PARAMETER = 'gp_preview_signature'
/** User ids that stand for nobody, in lower case; merging on them would make one person of all visitors. */
export const ILLEGAL_USER_IDS = [
  '',
  '0',
  '-1',
  'null',
  'undefined',
  'none',
  'nil',
  'nan',
  'true',
  'false',
  'anonymous',
  'guest',
  'unknown',
  'user',
  'visitor',
  'id',
  'not_authenticated',
  '[object object]',
  '00000000-0000-0000-0000-000000000000',
]
/**
 * How a chat's socket comes back (socket.io's words; with `reconnectionDelayMax` each wait ends, whatever chance adds). An
 * attempt may have begun into a network that was gone: it is given up soon. The next may take longer, for slow networks.
 */
export const CHAT_RECONNECTING = {
  reconnectionDelay: 300,
  reconnectionDelayMax: 1_500,
  timeout: 1_400,
} as const
/** How long the n-th attempt, from 1, may take to open. */
export const chatOpeningMs = (tries: number): number => Math.min(10_000, 800 + tries * 600)

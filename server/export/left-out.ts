/**
 * Tables that no export has: what opens something, what the server works with and throws away, and what is worked out
 * from other tables and says nothing of its own. Whatever a slice adds is exported, unless it stands here.
 */
export const LEFT_OUT_TABLES: ReadonlySet<string> = new Set([
  // Proofs of who somebody is.
  'one_time_links',
  'console_sessions',
  'visitor_tokens',
  'experience_previews',
  'conversation_tokens',
  'chat_blocks',
  'chat_mailings',
  'chat_codes',
  'chat_code_requests',
  'chat_proven_addresses',
  // Work under way: what it is about is told to nobody, and what it made is in other tables.
  'jobs',
  'file_import_chunks',
  'list_import_chunks',
  'catalog_hook_ids',
  // Counted from the events, which are there.
  'event_name_days',
  'event_name_cursors',
  // Members of audiences, counted.
  'audience_counts',
  // The ids of events and the words of products once more.
  'event_ids',
  'product_words',
  // Figures, which are events and orders added up.
  'figure_cursors',
  'figure_changes',
  'session_figures',
  'session_sums',
  'product_sums',
  'order_lines',
])

/** By table, columns that hold secrets. */
export const LEFT_OUT_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  chat_attachments: ['fileKey'],
  conversations: ['begunBy'],
  account_links: ['tokenHash'],
  catalog_connections: ['secret'],
  identity_settings: ['secret', 'formerSecret'],
  webhooks: ['secret', 'formerSecret'],
}

type Row = Record<string, unknown>

/** By table, what only some rows may tell. */
export const MASKS: Readonly<Record<string, (row: Row) => Row>> = {
  /** A public key is told; of a secret one, not even its hash. */
  keys: (row) => (row['kind'] === 'secret' ? { ...row, value: null } : row),
  /** A link in it may still open something. */
  mails: (row) => (row['isSecret'] === true ? { ...row, text: null, html: null } : row),
}

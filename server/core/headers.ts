/** On every answer, whatever it is. Answers loosen single ones by naming them again. */
export function securityHeaders(publicUrl: URL): Readonly<Record<string, string>> {
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
  if (publicUrl.protocol !== 'https:') return headers
  return { ...headers, 'strict-transport-security': 'max-age=31536000' }
}

/** Sent with refusals until the shop is known, so that the tag can read them, and never with credentials. */
export const ANY_ORIGIN_HEADERS = {
  'access-control-allow-origin': '*',
  // The wait before the next attempt: scripts of other origins read only what is named here.
  'access-control-expose-headers': 'Retry-After',
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'Origin',
}

/** The tag and its chunks: any page may load them, with or without SRI. */
export const SHARED_FILE_HEADERS = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

/** Scripts of ours only, no inline code or style, no sink that takes a string as code. */
export function consoleHeaders(publicUrl: URL): Readonly<Record<string, string>> {
  // Safari's 'self' does not cover web sockets.
  const socket = publicUrl.origin.replace(/^http/, 'ws')
  return {
    // It names files of one build: after an update the old ones are gone.
    'cache-control': 'no-cache',
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ${socket}`,
      "frame-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
  }
}

/**
 * The page in which a pop-up is looked at before it is published: it may be framed by the console, reads nothing, and
 * shows pictures from wherever the shop has them.
 */
export function previewFrameHeaders(): Readonly<Record<string, string>> {
  return {
    'cache-control': 'no-cache',
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: https: http:",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'SAMEORIGIN',
  }
}

/** Stands in a page wherever `nonce` must be; a page that has it is served under a strict policy. */
export const NONCE_PLACEHOLDER = 'PAGE_NONCE'

/** As strict as a shop can be, `connect-src` and images apart. */
export function strictPageHeaders(nonce: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      "style-src 'self'",
      "connect-src 'self'",
      "require-trusted-types-for 'script'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  }
}

/** A page that stands for a shop's own: its scripts are the shop's business. */
export const SHOP_PAGE_HEADERS = {
  'content-security-policy': "frame-ancestors 'none'",
}

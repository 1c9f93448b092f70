/** What a secret key may be made for. */
export const SCOPES = [
  'events:write',
  'events:read',
  'customers:read',
  'customers:write',
  'audiences:read',
  'audiences:write',
  'experiences:read',
  'experiences:write',
  'shop:read',
  'shop:write',
  'keys:write',
  'audit:read',
] as const
export type Scope = (typeof SCOPES)[number]

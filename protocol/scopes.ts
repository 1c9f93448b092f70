/** What a secret key may be made for. */
export const SCOPES = [
  'events:write',
  'events:read',
  'catalog:read',
  'catalog:write',
  'customers:read',
  'customers:write',
  'audiences:read',
  'audiences:write',
  'experiences:read',
  'experiences:write',
  'shop:read',
  'shop:write',
  'keys:write',
  'jobs:read',
  'jobs:write',
  'mail:read',
  'mail:write',
  'webhooks:read',
  'webhooks:write',
  'audit:read',
] as const
export type Scope = (typeof SCOPES)[number]

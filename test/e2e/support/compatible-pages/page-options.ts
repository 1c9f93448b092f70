/** What a page with another's client is told; its script finds it as `OPTIONS`. */
export interface PageOptions {
  readonly key: string
  readonly origin: string
  /** Of delivery, where the client knows several. */
  readonly mode?: 'batching' | 'beacon'
}

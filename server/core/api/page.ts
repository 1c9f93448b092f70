import type { OpenApi } from './openapi.ts'

export function apiPage(document: OpenApi, { publicKey }: { readonly publicKey: string }): string {
  return `${document.info.title} ${publicKey}`
}

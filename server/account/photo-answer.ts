import type { Answer } from '../core/http.ts'
import type { Photo } from './photos.ts'

/** A photo is shown by an `<img>` and never opened as a page: whatever its bytes are, no browser runs them. */
export function photoAnswer({ type, content }: Photo): Answer {
  return {
    body: new Uint8Array(content),
    headers: {
      'content-type': type,
      'content-disposition': 'attachment; filename="photo"',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    },
  }
}

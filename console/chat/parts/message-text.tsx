import { textParts } from '../text-links.ts'

/** What somebody wrote, as text; addresses of the web lead there. */
export function MessageText({ text }: { readonly text: string }) {
  return (
    <p class="said-text" dir="auto">
      {textParts(text).map((part, at) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a key={at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </p>
  )
}

import './member-photo.css'

interface MemberPhotoProps {
  readonly name: string
  /** Where the photo is; undefined: there is none, and initials stand for it. */
  readonly src: string | undefined
  readonly size: 'small' | 'large'
}

/** Beside the name, to which it adds nothing for who hears it. */
export function MemberPhoto({ name, src, size }: MemberPhotoProps) {
  return (
    <span class={`member-photo member-photo-${size}`} aria-hidden="true">
      {src === undefined ? initialsOf(name) : <img src={src} alt="" />}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const [first = ''] = words
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return (firstLetterOf(first) + firstLetterOf(last)).toLocaleUpperCase()
}

/** What a reader takes for one letter, accents and all. */
function firstLetterOf(word: string): string {
  const [letter] = new Intl.Segmenter().segment(word)
  return letter?.segment ?? ''
}

import type { PopupInput } from '#protocol/popup.ts'
import { useSession } from '../../session.ts'
import { useWords } from '../../words.ts'
import { drawnPopup, exampleVisitor } from '../drawn-popup.ts'
import { PopupPreview } from './popup-preview.tsx'

interface TemplateCardProps {
  readonly name: string
  readonly text: string
  readonly content: PopupInput
  readonly onChoose: () => void
}

/** The whole card is its button. */
export function TemplateCard({ name, text, content, onChoose }: TemplateCardProps) {
  const { t, language } = useWords()
  const { shop } = useSession()
  const drawn = drawnPopup(content)
  return (
    <li class="gallery-card">
      {drawn !== undefined && (
        <PopupPreview
          content={drawn}
          known={exampleVisitor(content, shop.currency, t('first_run.example_item'))}
          language={language}
        />
      )}
      <button type="button" class="gallery-choice" onClick={onChoose}>
        <span class="gallery-name">{name}</span>
        <span class="gallery-text">{text}</span>
      </button>
    </li>
  )
}

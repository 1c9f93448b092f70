import type { Experience, ExperienceInput } from '#protocol/experiences.ts'
import { EXPERIENCE_TEMPLATES_PATH, EXPERIENCES_PATH } from '#protocol/names.ts'
import { send } from '../api.ts'
import { useChanging, useReading } from '../queries.ts'
import { refusalText } from '../refusals.ts'
import { navigate } from '../router.ts'
import { useSession } from '../session.ts'
import { Link } from '../ui/link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { say } from '../ui/toasts.tsx'
import { useWords } from '../words.ts'
import { editorAddress, LIST_ADDRESS } from './addresses.ts'
import { ALL_EXPERIENCES_PATH } from './requests.ts'
import { freeKey } from './draft-of.ts'
import './experiences.css'
import { blankExperience } from './blank-experience.ts'
import { TemplateCard } from './parts/template-card.tsx'
import { draftOf, wishesIn, type OfferedTemplate } from './template-draft.ts'
import { templateWords } from './template-words.ts'

/** `/console/experiences/new`: designs to begin with, drawn as visitors would see them. */
export function Page() {
  const words = useWords()
  const { t, language } = words
  const { shop } = useSession()
  const templates = useReading<{ items: readonly OfferedTemplate[] }>(EXPERIENCE_TEMPLATES_PATH)
  const there = useReading<{ items: readonly Experience[] }>(ALL_EXPERIENCES_PATH)
  const making = useChanging(
    (draft: ExperienceInput) => send<Experience>(EXPERIENCES_PATH, draft),
    {
      renews: [EXPERIENCES_PATH],
    },
  )
  const reader = { language, currency: shop.currency }

  async function begin(draft: ExperienceInput, name: string): Promise<void> {
    if (making.isBusy) return
    const taken = (there.value?.items ?? []).map(({ key }) => key)
    const key = freeKey(draft.key, taken)
    const reply = await making.run({ ...draft, key, name, state: 'draft' })
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    navigate(editorAddress(reply.value.id))
  }

  return (
    <PageFrame
      isWide
      title={t('experience.new')}
      intro={t('gallery.intro')}
      actions={
        <Link href={LIST_ADDRESS} class="button">
          {t('gallery.back')}
        </Link>
      }
    >
      <Loaded reading={templates} rows={8}>
        {({ items }) => (
          <ul class="gallery">
            {items.map((template) => {
              const { name, text } = templateWords(template, words)
              const { experience } = template
              return (
                <TemplateCard
                  key={template.key}
                  name={name}
                  text={text}
                  content={experience.content}
                  onChoose={() =>
                    void begin(draftOf(template, wishesIn(experience, reader), reader), name)
                  }
                />
              )
            })}
            <TemplateCard
              name={t('gallery.blank')}
              text={t('gallery.blank.text')}
              content={blankExperience(words).content}
              onChoose={() => void begin(blankExperience(words), t('gallery.blank.name'))}
            />
          </ul>
        )}
      </Loaded>
    </PageFrame>
  )
}

import { useState } from 'preact/hooks'
import type { ExperienceInput } from '#protocol/experiences.ts'
import { EXPERIENCE_TEMPLATES_PATH, EXPERIENCES_PATH } from '#protocol/names.ts'
import { send } from '../../api.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { drawnPopup, exampleVisitor } from '../../experiences/drawn-popup.ts'
import {
  draftOf,
  faultsIn,
  freeKey,
  wishesIn,
  type OfferedTemplate,
  type Wishes,
} from '../../experiences/template-draft.ts'
import { PopupPreview } from '../../experiences/parts/popup-preview.tsx'
import { StepEnd, StepFrame } from './step.tsx'
import { TemplateChoice } from './template-choice.tsx'
import { WishFields } from './wish-fields.tsx'

interface ExperienceStepProps {
  /** Keys of experiences that there are. */
  readonly taken: readonly string[]
  readonly onDone: () => void
}

export function ExperienceStep(props: ExperienceStepProps) {
  const { t } = useWords()
  const templates = useReading<{ items: readonly OfferedTemplate[] }>(EXPERIENCE_TEMPLATES_PATH)
  return (
    <StepFrame title={t('first_run.experience.title')} text={t('first_run.experience.text')}>
      <Loaded reading={templates} rows={6}>
        {({ items }) => <Chosen {...props} templates={items} />}
      </Loaded>
    </StepFrame>
  )
}

interface ChosenProps extends ExperienceStepProps {
  readonly templates: readonly OfferedTemplate[]
}

function Chosen({ templates, taken, onDone }: ChosenProps) {
  const [key, setKey] = useState(templates[0]?.key)
  const template = templates.find((one) => one.key === key)
  return (
    <>
      <TemplateChoice templates={templates} chosen={key} onChoose={setKey} />
      {template !== undefined && (
        <Adapted key={template.key} template={template} taken={taken} onDone={onDone} />
      )}
    </>
  )
}

interface AdaptedProps extends ExperienceStepProps {
  readonly template: OfferedTemplate
}

function Adapted({ template, taken, onDone }: AdaptedProps) {
  const words = useWords()
  const { t, language } = words
  const { shop } = useSession()
  const reader = { language, currency: shop.currency }
  const [wishes, setWishes] = useState<Wishes>(() => wishesIn(template.experience, reader))
  const [isTried, setTried] = useState(false)
  const saving = useChanging((draft: ExperienceInput) => send(EXPERIENCES_PATH, draft), {
    renews: [EXPERIENCES_PATH],
  })
  const draft = draftOf(template, wishes, reader)
  const faults = isTried ? faultsIn(wishes) : []
  const content = drawnPopup(draft.content)

  async function save(state: 'active' | 'draft'): Promise<void> {
    setTried(true)
    if (faultsIn(wishes).length > 0) return
    const { refusal } = await saving.run({ ...draft, key: freeKey(draft.key, taken), state })
    if (refusal !== undefined) return
    say(t(state === 'active' ? 'first_run.published' : 'first_run.saved_draft'))
    onDone()
  }

  return (
    <div class="adapted">
      <Form
        onSubmit={() => void save('active')}
        isBusy={saving.isBusy}
        fault={saving.refused && refusalText(saving.refused, words)}
      >
        <WishFields wishes={wishes} faults={faults} currency={shop.currency} onChange={setWishes} />
        <StepEnd action={t('first_run.publish')} isBusy={saving.isBusy} onSkip={onDone}>
          <Button isBusy={saving.isBusy} onClick={() => void save('draft')}>
            {t('first_run.save_draft')}
          </Button>
        </StepEnd>
      </Form>
      {content !== undefined && (
        <PopupPreview
          content={content}
          known={exampleVisitor(draft.content, shop.currency, t('first_run.example_item'))}
          language={language}
        />
      )}
    </div>
  )
}

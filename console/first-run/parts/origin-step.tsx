import { useEffect, useRef, useState } from 'preact/hooks'
import { ORIGINS_PATH } from '#protocol/names.ts'
import type { ListedOrigin } from '#protocol/shop.ts'
import { about, send } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { CheckField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWords } from '../../words.ts'
import { addOrigins } from '../add-origins.ts'
import { originIn, twinOf } from '../origin-in.ts'
import { StepEnd, StepFrame } from './step.tsx'

interface OriginStepProps {
  readonly origins: readonly ListedOrigin[]
  readonly onDone: () => void
}

export function OriginStep({ origins, onDone }: OriginStepProps) {
  const words = useWords()
  const { t, list } = words
  const [typed, setTyped] = useState('')
  const [withTwin, setWithTwin] = useState(true)
  const [isTried, setTried] = useState(false)
  const { shop } = useSession()
  // Each of this shop, whichever is looked at when its turn comes.
  const adding = useChanging(
    (wanted: readonly string[]) =>
      addOrigins(
        (origin) => about(shop.key, () => send<ListedOrigin>(ORIGINS_PATH, { origin })),
        wanted,
      ),
    { renews: [ORIGINS_PATH] },
  )
  const origin = originIn(typed)
  const twin = origin === undefined ? undefined : twinOf(origin)
  const hasSome = origins.length > 0
  // Whoever has gone on meanwhile is not taken from where they are.
  const isHereRef = useRef(true)
  useEffect(() => {
    isHereRef.current = true
    return () => {
      isHereRef.current = false
    }
  }, [])

  async function add(): Promise<void> {
    if (typed.trim() === '' && hasSome) return onDone()
    setTried(true)
    if (origin === undefined) return
    const wanted = [origin, ...(withTwin && twin !== undefined ? [twin] : [])]
    const { refusal } = await adding.run(wanted)
    if (refusal === undefined && isHereRef.current) onDone()
  }

  return (
    <StepFrame title={t('first_run.origin.title')} text={t('first_run.origin.text')}>
      {hasSome && (
        <Notice
          tone="good"
          title={t('first_run.origin.listed', { origins: list(origins.map((it) => it.origin)) })}
        />
      )}
      <Form
        onSubmit={() => void add()}
        isBusy={adding.isBusy}
        fault={adding.refused && refusalText(adding.refused, words)}
      >
        <TextField
          name="origin"
          type="url"
          label={t(hasSome ? 'first_run.origin.another' : 'first_run.origin.address')}
          hint={t('first_run.origin.hint')}
          value={typed}
          onInput={setTyped}
          fault={isTried && origin === undefined ? t('first_run.origin.fault') : undefined}
          maxLength={300}
          autocomplete="url"
          isRequired={!hasSome}
        />
        {twin !== undefined && (
          <CheckField
            name="twin"
            label={t('first_run.origin.twin', { origin: twin })}
            isChecked={withTwin}
            onChange={setWithTwin}
          />
        )}
        <StepEnd
          action={t(hasSome && typed.trim() === '' ? 'first_run.next' : 'first_run.save')}
          isBusy={adding.isBusy}
          onSkip={onDone}
        />
      </Form>
    </StepFrame>
  )
}

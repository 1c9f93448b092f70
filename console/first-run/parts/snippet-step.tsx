import { useState } from 'preact/hooks'
import { CopyButton } from '../../ui/copy-button.tsx'
import { useWords } from '../../words.ts'
import type { EventWatch } from '../event-watch.ts'
import { PLATFORMS, type Platform } from '../platforms.ts'
import { tagByScript, tagOf } from '../snippet.ts'
import { EventCheck } from './event-check.tsx'
import { StepEnd, StepFrame } from './step.tsx'

interface SnippetStepProps {
  readonly shopKey: string
  /** Of the shop; undefined: none is listed. */
  readonly origin: string | undefined
  readonly watch: EventWatch
  readonly onDone: () => void
}

export function SnippetStep({ shopKey, origin, watch, onDone }: SnippetStepProps) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<string>(PLATFORMS[0].key)
  const platform: Platform = PLATFORMS.find(({ key }) => key === chosen) ?? PLATFORMS[0]
  const place = { server: location.origin, shopKey }
  const code = platform.form === 'tag' ? tagOf(place) : tagByScript(place)
  const hasArrived = watch.arrived.value !== undefined
  return (
    <StepFrame title={t('first_run.snippet.title')} text={t('first_run.snippet.text')}>
      <PlatformChoice chosen={chosen} onChoose={setChosen} />
      <div class="snippet">
        <pre>
          <code>{code}</code>
        </pre>
        <CopyButton text={code} label={t('first_run.snippet.copy')} />
      </div>
      <Instructions platform={platform} />
      <EventCheck watch={watch} origin={origin} />
      <StepEnd
        action={t(hasArrived ? 'first_run.next' : 'first_run.snippet.later')}
        kind={hasArrived ? 'primary' : 'plain'}
        onClick={onDone}
      />
    </StepFrame>
  )
}

interface PlatformChoiceProps {
  readonly chosen: string
  readonly onChoose: (key: string) => void
}

function PlatformChoice({ chosen, onChoose }: PlatformChoiceProps) {
  const { t } = useWords()
  return (
    <fieldset class="platforms">
      <legend>{t('first_run.snippet.platform')}</legend>
      {PLATFORMS.map(({ key, name }) => (
        <label key={key}>
          <input
            type="radio"
            name="platform"
            value={key}
            checked={key === chosen}
            onChange={() => onChoose(key)}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Instructions({ platform: { name, steps, limit } }: { readonly platform: Platform }) {
  const { t } = useWords()
  return (
    <div class="instructions">
      <h3>{t('first_run.snippet.how', { platform: name })}</h3>
      <ol>
        {steps.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      {limit !== undefined && <p class="instructions-limit">{t(limit)}</p>}
    </div>
  )
}

import { useState } from 'preact/hooks'
import type { Channel } from '#protocol/chat-channels.ts'
import type { ChatRule, RulesVerdict } from '#protocol/chat-rules.ts'
import type { Refused } from '../../api.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { Section } from '../../ui/section.tsx'
import { tryRules } from '../requests.ts'
import { botName, type NamedBot } from '../rule-sentence.ts'
import { useRuleWords } from '../rule-words.ts'
import { useCountryChoices } from './country-field.tsx'

interface RulesTesterProps {
  readonly channel: Channel
  /** As they are being written. */
  readonly rules: readonly ChatRule[]
  readonly isLauncherShown: boolean | null
  readonly bots: readonly NamedBot[]
}

interface Tried {
  readonly verdict?: RulesVerdict
  readonly refused?: Refused
  /** Of that list: a changed one has another. */
  readonly of: string
}

/** Who comes to which page, and when: the same engine as for visitors says which rule holds, and why the others do not. */
export function RulesTester({ channel, rules, isLauncherShown, bots }: RulesTesterProps) {
  const words = useRuleWords()
  const { r } = words
  const countries = useCountryChoices(words)
  const [url, setUrl] = useState('/')
  const [country, setCountry] = useState('')
  const [time, setTime] = useState('')
  const [tried, setTried] = useState<Tried | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const of = JSON.stringify([rules, isLauncherShown])

  async function tryOut(): Promise<void> {
    setBusy(true)
    const at = time === '' ? null : new Date(time).getTime()
    const reply = await tryRules({
      id: channel.id,
      trial: {
        url: url.trim() || '/',
        country: country || null,
        at: Number.isNaN(at) ? null : at,
        rules,
        isLauncherShown,
      },
    })
    setBusy(false)
    setTried(reply.refusal === undefined ? { of, verdict: reply.value } : { of, refused: reply })
  }

  return (
    <Section title={r('try')} text={r('try.text')}>
      <Form
        onSubmit={() => void tryOut()}
        isBusy={isBusy}
        fault={tried?.refused && refusalText(tried.refused, words)}
      >
        <TextField
          name="try-url"
          label={r('try.url')}
          value={url}
          onInput={setUrl}
          maxLength={8_192}
          isRequired
          isCode
        />
        <div class="rule-pair">
          <PickField
            name="try-country"
            label={r('try.country')}
            hint={r('try.country.hint')}
            value={country}
            choices={[{ value: '', label: '—' }, ...countries]}
            onPick={setCountry}
          />
          <TextField
            name="try-time"
            label={r('try.time')}
            hint={r('try.time.hint')}
            type="datetime-local"
            value={time}
            onInput={setTime}
          />
        </div>
        <FormEnd>
          <Button type="submit" isBusy={isBusy}>
            {r('try.go')}
          </Button>
        </FormEnd>
      </Form>
      <div aria-live="polite">
        {tried?.verdict !== undefined && tried.of === of && (
          <Verdict verdict={tried.verdict} bots={bots} />
        )}
      </div>
    </Section>
  )
}

function Verdict({
  verdict,
  bots,
}: { readonly verdict: RulesVerdict } & Pick<RulesTesterProps, 'bots'>) {
  const { r } = useRuleWords()
  const { matched, misses, chatbotId, isLauncherShown, opensItself, isSomebodyAvailable } = verdict
  const told = [
    r(isLauncherShown ? 'try.shown' : 'try.hidden'),
    opensItself && r('try.opens'),
    chatbotId !== null && r('try.bot', { bot: botName(chatbotId, bots) ?? r('bot.unknown') }),
    r(isSomebodyAvailable ? 'try.somebody' : 'try.nobody'),
  ]
  return (
    <div class="rule-verdict">
      <h3>{matched === null ? r('try.none') : r('try.matched', { n: matched + 1 })}</h3>
      <p>{told.filter(Boolean).join(' ')}</p>
      <p class="control-hint">{r('try.path', { path: verdict.path })}</p>
      {misses.length > 0 && (
        <ol class="rule-misses" aria-label={r('try.rules')}>
          {misses.map((miss, at) => (
            // A verdict is of its list, place by place.
            <li key={at} data-holds={miss === null ? '' : undefined}>
              <span>{r('number', { n: at + 1 })}</span>
              <span>{r(`miss.${miss ?? 'holds'}`)}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

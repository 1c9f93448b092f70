import { useState } from 'preact/hooks'
import type { ChatRule } from '#protocol/chat-rules.ts'
import { NumberField } from '../../experiences/parts/number-field.tsx'
import { languageChoices, languageName } from '../../own-account/languages.ts'
import { refusalText } from '../../refusals.ts'
import { ChoiceField } from '../../settings/parts/choice-field.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { tryRules } from '../requests.ts'
import { MAX_AFTER_SECONDS, MAX_PATTERN_CHARS, MAX_TEXT_CHARS } from '../rule-list.ts'
import { botName, type NamedBot } from '../rule-sentence.ts'
import { useRuleWords } from '../rule-words.ts'
import { CountryField } from './country-field.tsx'

interface RuleDialogProps extends DraftProps {
  readonly isOpen: boolean
  readonly title: string
}

interface DraftProps {
  readonly rule: ChatRule
  readonly channelId: string
  readonly bots: readonly NamedBot[]
  /** The shop's. */
  readonly languages: readonly string[]
  readonly onClose: () => void
  readonly onDone: (rule: ChatRule) => void
}

/** One rule, which changes the list only as a whole. */
export function RuleDialog({ isOpen, title, ...draft }: RuleDialogProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={draft.onClose}>
      {isOpen && <Draft {...draft} />}
    </Dialog>
  )
}

const ACTIONS = ['show', 'notify', 'open', 'hide'] as const
const CONDITIONS = ['always', 'nobody_available', 'somebody_available'] as const

function Draft({ rule: given, channelId, bots, languages, onClose, onDone }: DraftProps) {
  const words = useRuleWords()
  const { r, t } = words
  const [rule, setRule] = useState(given)
  const [fault, setFault] = useState<{ isPattern: boolean; text: string } | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const change = (changed: Partial<ChatRule>) => setRule({ ...rule, ...changed })

  /** The server's engine alone says what is a pattern. */
  async function done(): Promise<void> {
    setBusy(true)
    const texts = Object.fromEntries(
      Object.entries(rule.texts).flatMap(([tag, text]) =>
        text.trim() ? [[tag, text.trim()]] : [],
      ),
    )
    const whole = { ...rule, texts }
    // Its bot is checked when the list is saved.
    const trial = { url: '/', rules: [{ ...whole, chatbotId: null }] }
    const reply = await tryRules({ id: channelId, trial })
    setBusy(false)
    if (reply.refusal === undefined) return onDone(whole)
    const [, why] = /rules\.0\.pagePattern: (.*)/.exec(reply.detail) ?? []
    setFault({ isPattern: why !== undefined, text: why ?? refusalText(reply, words) })
  }

  return (
    <Form
      onSubmit={() => void done()}
      isBusy={isBusy}
      fault={fault?.isPattern === false ? fault.text : undefined}
    >
      <ChoiceField
        legend={r('action')}
        name="action"
        value={rule.action}
        choices={ACTIONS.map((value) => ({
          value,
          label: r(`action.${value}`),
          text: r(`action.${value}.text`),
        }))}
        onChange={(action) => change({ action })}
      />
      {rule.action === 'open' && (
        <NumberField
          name="after"
          label={r('after')}
          value={rule.afterSeconds}
          min={0}
          max={MAX_AFTER_SECONDS}
          onChange={(seconds) => change({ afterSeconds: Math.round(seconds) })}
        />
      )}
      {rule.action === 'notify' && <RuleTexts {...{ rule, change, languages }} />}
      <TextField
        name="pattern"
        label={r('pattern')}
        hint={r('pattern.hint')}
        maxLength={MAX_PATTERN_CHARS}
        value={rule.pagePattern}
        onInput={(pagePattern) => {
          setFault(undefined)
          change({ pagePattern })
        }}
        fault={fault?.isPattern === true ? fault.text : undefined}
        isCode
      />
      <CountryField value={rule.countries} onChange={(countries) => change({ countries })} />
      {rule.action !== 'hide' && <RuleBot {...{ rule, change, bots }} />}
      <FormEnd>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {r('dialog.done')}
        </Button>
      </FormEnd>
    </Form>
  )
}

interface PartProps {
  readonly rule: ChatRule
  readonly change: (changed: Partial<ChatRule>) => void
}

function RuleTexts({ rule, change, languages }: PartProps & Pick<DraftProps, 'languages'>) {
  const { r, language: own } = useRuleWords()
  const { texts } = rule
  const written = [...new Set([...languages, ...Object.keys(texts)])]
  return (
    <>
      {written.map((tag) => (
        <TextField
          key={tag}
          name={`text-${tag}`}
          label={r('text', { language: languageName(tag, own) })}
          maxLength={MAX_TEXT_CHARS}
          value={texts[tag] ?? ''}
          onInput={(text) => change({ texts: { ...texts, [tag]: text } })}
        />
      ))}
      <PickField
        name="add-language"
        label={r('text.add')}
        value=""
        choices={languageChoices(own, written)}
        onPick={(tag) => change({ texts: { ...texts, [tag]: '' } })}
      />
    </>
  )
}

/** Only where there is one to choose. */
function RuleBot({ rule, change, bots }: PartProps & Pick<DraftProps, 'bots'>) {
  const { r } = useRuleWords()
  const { chatbotId, botCondition } = rule
  if (bots.length === 0 && chatbotId === null) return null
  const isKnown = chatbotId === null || botName(chatbotId, bots) !== undefined
  return (
    <>
      <SelectField
        name="bot"
        label={r('bot')}
        isRequired
        value={chatbotId ?? ''}
        options={[
          { value: '', label: r('bot.none') },
          ...bots.map(({ id, name }) => ({ value: id, label: name })),
          ...(isKnown ? [] : [{ value: chatbotId, label: r('bot.unknown') }]),
        ]}
        onChange={(id) => change({ chatbotId: id === '' ? null : id })}
      />
      {chatbotId !== null && (
        <SelectField
          name="condition"
          label={r('condition')}
          hint={r('condition.hint')}
          isRequired
          value={botCondition}
          options={CONDITIONS.map((value) => ({ value, label: r(`condition.${value}`) }))}
          onChange={(chosen) =>
            change({ botCondition: CONDITIONS.find((one) => one === chosen) ?? 'always' })
          }
        />
      )}
    </>
  )
}

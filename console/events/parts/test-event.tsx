import { useState } from 'preact/hooks'
import { STORED_EVENTS_PATH } from '#protocol/names.ts'
import type { StoredEventAnswer } from '#protocol/visitors.ts'
import { read } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { StateMark } from '../../settings/parts/state-mark.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { sendEvent, type SentAnswer } from '../requests.ts'
import { propertiesIn, testBatch, TEST_TYPES, type TestEventDraft } from '../test-event.ts'

const FIRST: TestEventDraft = {
  type: 'track',
  name: 'Test Event',
  properties: '{\n  "colour": "blue"\n}',
  url: '',
}

interface Sent {
  readonly answer: SentAnswer
  readonly stored: StoredEventAnswer | undefined
}

/** Sends an event as a page of the shop's would, and shows what came of it. */
export function TestEvent() {
  const words = useWords()
  const { t } = words
  const { shop } = useSession()
  const [draft, setDraft] = useState<TestEventDraft>({ ...FIRST, url: `${location.origin}/test` })
  const [fault, setFault] = useState<string | undefined>(undefined)
  const [sent, setSent] = useState<Sent | undefined>(undefined)
  const sending = useChanging(sendEvent, { renews: [STORED_EVENTS_PATH] })

  async function submit(): Promise<void> {
    const properties = propertiesIn(draft.properties)
    if (properties === undefined) return setFault(t('explorer.test.no_json'))
    setFault(undefined)
    const id = crypto.randomUUID()
    const reply = await sending.run(
      testBatch(draft, properties, { key: shop.key, id, now: Date.now() }),
    )
    if (reply.refusal !== undefined) return
    const newest = await read<{ items: readonly StoredEventAnswer[] }>(
      `${STORED_EVENTS_PATH}?limit=100`,
    )
    const rows = newest.refusal === undefined ? newest.value.items : []
    setSent({ answer: reply.value, stored: rows.find((event) => event.id === id) })
  }

  return (
    <div class="explorer-columns">
      <Section title={t('explorer.test.title')} text={t('explorer.test.text')}>
        <Form
          onSubmit={() => void submit()}
          isBusy={sending.isBusy}
          fault={sending.refused && refusalText(sending.refused, words)}
        >
          <SelectField
            name="type"
            label={t('explorer.type')}
            isRequired
            value={draft.type}
            options={TEST_TYPES.map((value) => ({ value, label: t(`event.${value}`) }))}
            onChange={(value) =>
              setDraft({ ...draft, type: TEST_TYPES.find((one) => one === value) ?? 'track' })
            }
          />
          <TextField
            name="name"
            label={t('explorer.name')}
            isRequired={draft.type === 'track'}
            maxLength={200}
            value={draft.name}
            onInput={(name) => setDraft({ ...draft, name })}
          />
          <TextField
            name="url"
            label={t('event.url')}
            isRequired
            isCode
            value={draft.url}
            onInput={(url) => setDraft({ ...draft, url })}
          />
          <TextField
            name="properties"
            label={t('event.properties')}
            rows={6}
            isCode
            value={draft.properties}
            fault={fault}
            onInput={(properties) => setDraft({ ...draft, properties })}
          />
          <div>
            <Button kind="primary" type="submit" isBusy={sending.isBusy}>
              {t('explorer.test.send')}
            </Button>
          </div>
        </Form>
      </Section>
      <div class="explorer-send" aria-live="polite">
        {sent !== undefined && <Outcome sent={sent} />}
      </div>
    </div>
  )
}

function Outcome({ sent: { answer, stored } }: { readonly sent: Sent }) {
  const { t } = useWords()
  const [result] = answer.results
  const isStored = result?.result === 'ok'
  return (
    <>
      <Section title={t('explorer.test.answer')}>
        <p>
          <StateMark
            tone={isStored ? 'good' : 'bad'}
            text={t(isStored ? 'explorer.test.stored' : 'explorer.test.dropped')}
          />
          {result?.reason !== undefined && (
            <span class="list-quiet"> {t(`reason.${result.reason}`)}</span>
          )}
        </p>
        <pre class="explorer-json">{JSON.stringify(answer.results, null, 2)}</pre>
      </Section>
      {stored !== undefined && (
        <Section title={t('explorer.test.row')}>
          <pre class="explorer-json">{JSON.stringify(stored, null, 2)}</pre>
        </Section>
      )}
    </>
  )
}

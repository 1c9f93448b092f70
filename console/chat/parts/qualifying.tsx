import { useState } from 'preact/hooks'
import type { Conversation, LEAD_STATES, POTENTIALS } from '#protocol/chat-conversations.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Link } from '../../ui/link.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { inboxAddress } from '../inbox-addresses.ts'
import { dayWords } from '../thread-words.ts'
import { useConversationActions } from '../use-conversation-actions.ts'
import { ThreadDialog } from './thread-dialog.tsx'
import type { ThreadDialogKind } from './thread-menu.tsx'

type LeadState = (typeof LEAD_STATES)[number]
type Potential = (typeof POTENTIALS)[number]
const STATES = [
  'none',
  'open',
  'qualified',
  'unqualified',
  'won',
  'lost',
] as const satisfies readonly LeadState[]
const HEIGHTS = ['none', 'low', 'medium', 'high'] as const satisfies readonly Potential[]

/** What the team makes of it: how far it is, when to come back, its tags. */
export function Qualifying({ conversation }: { readonly conversation: Conversation }) {
  const words = useWords()
  const { t } = words
  const actions = useConversationActions(conversation)
  const { change } = actions
  const [dialog, setDialog] = useState<ThreadDialogKind | undefined>(undefined)
  const { leadState, potential, followUpOn, tags } = conversation
  return (
    <Section title={t('inbox.qualifying')}>
      <div class="pane-fields">
        <SelectField
          name="leadState"
          label={t('inbox.lead')}
          value={leadState}
          isRequired
          options={STATES.map((value) => ({ value, label: t(`inbox.lead.${value}`) }))}
          onChange={(value) =>
            void change({ leadState: STATES.find((one) => one === value) ?? leadState })
          }
        />
        <SelectField
          name="potential"
          label={t('inbox.potential')}
          value={potential}
          isRequired
          options={HEIGHTS.map((value) => ({ value, label: t(`inbox.potential.${value}`) }))}
          onChange={(value) =>
            void change({ potential: HEIGHTS.find((one) => one === value) ?? potential })
          }
        />
      </div>
      {tags.length > 0 && (
        <ul class="pane-tags" aria-label={t('inbox.tags')}>
          {tags.map((tag) => (
            <li key={tag}>
              <Link class="badge" href={inboxAddress({ tag, view: 'all' })}>
                #{tag}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <p class="pane-acts">
        <Button icon="tag" kind="quiet" onClick={() => setDialog('tags')}>
          {t('inbox.tags')}
        </Button>
        <Button icon="jobs" kind="quiet" onClick={() => setDialog('follow_up')}>
          {followUpOn === null
            ? t('inbox.follow_up')
            : t('inbox.due', { on: dayWords(followUpOn, words) })}
        </Button>
      </p>
      <ThreadDialog
        kind={dialog}
        conversation={conversation}
        actions={actions}
        onClose={() => setDialog(undefined)}
      />
    </Section>
  )
}

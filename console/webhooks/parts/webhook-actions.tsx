import { useEffect, useRef, useState } from 'preact/hooks'
import { WEBHOOKS_PATH } from '#protocol/names.ts'
import type { Webhook, WebhookState } from '#protocol/webhooks.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { deliveriesPath } from '../addresses.ts'
import { replaceWebhook, testWebhook } from '../requests.ts'
import { webhookDraftOf, webhookFieldsOf } from '../webhook-model.ts'
import { ChangeWebhook } from './change-webhook.tsx'
import { RemoveWebhook } from './remove-webhook.tsx'
import { ReplaceSecret } from './replace-secret.tsx'
import { ReplayWebhook } from './replay-webhook.tsx'

type Asked = 'change' | 'secret' | 'replay' | 'remove'

/** What is done with a webhook; the commonest in sight. */
export function WebhookActions({ webhook }: { readonly webhook: Webhook }) {
  const words = useWords()
  const { t } = words
  const { id, state } = webhook
  const [asked, setAsked] = useState<Asked | undefined>(undefined)
  const close = () => setAsked(undefined)
  const testing = useChanging(() => testWebhook(id), { renews: [deliveriesPath(id)] })
  const moving = useChanging(
    (to: WebhookState) => replaceWebhook(id, webhookDraftOf(webhookFieldsOf(webhook), to)),
    { renews: [WEBHOOKS_PATH] },
  )
  // Undoing comes later: what else was changed meanwhile must not be undone with it.
  const moveRef = useRef(moving.run)
  useEffect(() => {
    moveRef.current = moving.run
  })

  async function test(): Promise<void> {
    const reply = await testing.run(undefined)
    say(reply.refusal === undefined ? t('webhook.tested') : refusalText(reply, words))
  }

  async function move(to: 'active' | 'paused'): Promise<void> {
    const back = to === 'paused' ? 'active' : 'paused'
    const reply = await moveRef.current(to)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    const message = t(to === 'paused' ? 'webhook.paused' : 'webhook.resumed')
    say(message, { undo: () => void move(back) })
  }

  return (
    <>
      <Button isBusy={testing.isBusy} onClick={() => void test()}>
        {t('webhook.test')}
      </Button>
      <Menu
        label={<Icon name="more" />}
        name={t('ui.actions')}
        items={[
          { key: 'change', label: t('webhook.change'), onSelect: () => setAsked('change') },
          {
            key: 'move',
            label: t(state === 'active' ? 'webhook.pause' : 'webhook.resume'),
            onSelect: () => void move(state === 'active' ? 'paused' : 'active'),
          },
          { key: 'replay', label: t('webhook.replay'), onSelect: () => setAsked('replay') },
          { key: 'secret', label: t('webhook.secret.make'), onSelect: () => setAsked('secret') },
          {
            key: 'remove',
            label: t('webhook.remove'),
            isDangerous: true,
            isApart: true,
            onSelect: () => setAsked('remove'),
          },
        ]}
      />
      {asked === 'change' && <ChangeWebhook webhook={webhook} onClose={close} />}
      {asked === 'secret' && <ReplaceSecret webhookId={id} onClose={close} />}
      {asked === 'replay' && <ReplayWebhook webhookId={id} onClose={close} />}
      {asked === 'remove' && <RemoveWebhook webhook={webhook} onClose={close} />}
    </>
  )
}

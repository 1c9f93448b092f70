import { useState } from 'preact/hooks'
import { IDENTITY_PATH } from '#protocol/names.ts'
import type { IdentityAnswer } from '#protocol/shop.ts'
import { useChanging } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { makeIdentitySecret } from '../requests.ts'
import { AskDialog } from './ask-dialog.tsx'
import { SecretDialog } from './secret-dialog.tsx'

/** Made and replaced by owners alone, and seen when it is made. */
export function IdentitySecret({ identity }: { readonly identity: IdentityAnswer }) {
  const { t } = useWords()
  const { may } = useSession()
  const [isAsking, setAsking] = useState(false)
  const [secret, setSecret] = useState<string | undefined>(undefined)
  const making = useChanging(makeIdentitySecret, { renews: [IDENTITY_PATH] })
  const { hasSecret } = identity
  const action = t(hasSecret ? 'settings.secret.replace' : 'settings.secret.make')

  async function make(): Promise<void> {
    const reply = await making.run(undefined)
    if (reply.refusal !== undefined) return
    setAsking(false)
    setSecret(reply.value.secret)
  }

  return (
    <Section title={t('settings.secret.title')} text={t('settings.secret.text')}>
      <div class="settings-rows">
        <p>{t(hasSecret ? 'settings.secret.made' : 'settings.secret.none')}</p>
        {may('keys', 'edit') ? (
          <p>
            <Button onClick={() => setAsking(true)}>{action}</Button>
          </p>
        ) : (
          <p class="control-hint">{t('settings.secret.owner')}</p>
        )}
      </div>
      {isAsking && (
        <AskDialog
          title={action}
          action={action}
          isDangerous={hasSecret}
          isBusy={making.isBusy}
          refused={making.refused}
          onAct={() => void make()}
          onClose={() => setAsking(false)}
        >
          <p>{t(hasSecret ? 'settings.secret.consequence' : 'settings.secret.first')}</p>
        </AskDialog>
      )}
      {secret !== undefined && (
        <SecretDialog
          title={t('settings.secret.new')}
          secret={secret}
          text={t('settings.once')}
          copy={t('settings.secret.copy')}
          onClose={() => setSecret(undefined)}
        />
      )}
    </Section>
  )
}

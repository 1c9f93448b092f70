import { useRef, useState } from 'preact/hooks'
import { ACCOUNT_PATH, ACCOUNT_PHOTO_PATH, MEMBERS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { MemberPhoto } from '../../ui/member-photo.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { removePhoto, replacePhoto } from '../requests.ts'
import { smallPhoto } from '../small-photo.ts'

const RENEWS = { renews: [ACCOUNT_PATH, MEMBERS_PATH] }

/** Chosen, it is kept at once: it is no part of the form beside it. */
export function OwnPhoto() {
  const words = useWords()
  const { t } = words
  const { account } = useSession()
  const replacing = useChanging(replacePhoto, RENEWS)
  const removing = useChanging(removePhoto, RENEWS)
  const input = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState('')
  /** Another address for another picture: browsers keep what an address showed. */
  const [version, setVersion] = useState(0)

  async function replace(picture: File): Promise<void> {
    const photo = await smallPhoto(picture)
    if (photo === undefined) return setFault(t('fault.photo_type'))
    const reply = await replacing.run(photo)
    if (reply.refusal !== undefined) return setFault(refusalText(reply, words))
    setFault('')
    setVersion(version + 1)
    say(t('profile.photo.changed'))
  }

  async function remove(): Promise<void> {
    const reply = await removing.run(undefined)
    setFault(reply.refusal === undefined ? '' : refusalText(reply, words))
    if (reply.refusal === undefined) say(t('profile.photo.removed'))
  }

  return (
    <div class="own-photo">
      <MemberPhoto
        name={account.name}
        src={account.hasPhoto ? `${ACCOUNT_PHOTO_PATH}?v=${version}` : undefined}
        size="large"
      />
      <div class="own-photo-words">
        <div class="own-photo-actions">
          <Button isBusy={replacing.isBusy} onClick={() => input.current?.click()}>
            {t(account.hasPhoto ? 'profile.photo.change' : 'profile.photo.choose')}
          </Button>
          {account.hasPhoto && (
            <Button kind="quiet" isBusy={removing.isBusy} onClick={() => void remove()}>
              {t('profile.photo.remove')}
            </Button>
          )}
        </div>
        <p class="control-hint">{t('profile.photo.hint')}</p>
        <p class="control-fault" role="alert">
          {fault}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        aria-label={t('profile.photo')}
        hidden
        onChange={({ currentTarget }) => {
          const [picture] = currentTarget.files ?? []
          // The same file may be chosen again, after a fault.
          currentTarget.value = ''
          if (picture !== undefined) void replace(picture)
        }}
      />
    </div>
  )
}

import { ACCOUNT_PATH, ACCOUNT_PHOTO_PATH, MEMBERS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { PictureField } from '../../ui/picture-field.tsx'
import { useWords } from '../../words.ts'
import { removePhoto, replacePhoto } from '../requests.ts'

const RENEWS = { renews: [ACCOUNT_PATH, MEMBERS_PATH] }

export function OwnPhoto() {
  const { t } = useWords()
  const { account } = useSession()
  const replacing = useChanging(replacePhoto, RENEWS)
  const removing = useChanging(removePhoto, RENEWS)
  return (
    <div class="own-photo">
      <PictureField
        name={account.name}
        label={t('profile.photo')}
        words={{
          choose: t('profile.photo.choose'),
          change: t('profile.photo.change'),
          remove: t('profile.photo.remove'),
          hint: t('profile.photo.hint'),
          changed: t('profile.photo.changed'),
          removed: t('profile.photo.removed'),
        }}
        addressOf={account.hasPhoto ? (version) => `${ACCOUNT_PHOTO_PATH}?v=${version}` : undefined}
        mayEdit
        replace={replacing.run}
        remove={() => removing.run(undefined)}
      />
    </div>
  )
}

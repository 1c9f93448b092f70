import type { Channel } from '#protocol/chat-channels.ts'
import { CHANNELS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { PictureField } from '../../ui/picture-field.tsx'
import { useWords } from '../../words.ts'
import { picturePath } from '../addresses.ts'
import { removePicture, replacePicture } from '../requests.ts'

const RENEWS = { renews: [CHANNELS_PATH] }

interface AvatarFieldProps {
  readonly channel: Channel
  readonly mayEdit: boolean
}

/** What stands for the team in the window. */
export function AvatarField({ channel: { id, name, hasAvatar }, mayEdit }: AvatarFieldProps) {
  const { t } = useWords()
  const { shop } = useSession()
  const replacing = useChanging(replacePicture, RENEWS)
  const removing = useChanging(removePicture, RENEWS)
  const addressOf = (version: number) =>
    `${picturePath(id)}?shop=${encodeURIComponent(shop.key)}&v=${version}`
  return (
    <PictureField
      name={name}
      label={t('channel.avatar')}
      isLabelShown
      words={{
        choose: t('channel.avatar.choose'),
        change: t('channel.avatar.change'),
        remove: t('channel.avatar.remove'),
        hint: t('channel.avatar.hint'),
        changed: t('channel.avatar.changed'),
        removed: t('channel.avatar.removed'),
      }}
      addressOf={hasAvatar ? addressOf : undefined}
      mayEdit={mayEdit}
      replace={(picture) => replacing.run({ id, picture })}
      remove={() => removing.run(id)}
    />
  )
}

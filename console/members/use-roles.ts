import { useState } from 'preact/hooks'
import { ACCOUNT_PATH, INVITATIONS_PATH, MEMBERS_PATH } from '#protocol/names.ts'
import { faultText } from '../account/parts/form.tsx'
import { useChanging } from '../queries.ts'
import { say } from '../ui/toasts.tsx'
import { useWords } from '../words.ts'
import { removeMember, setRoles } from './requests.ts'
import { createRolesModel, type RolesModel } from './roles-model.ts'

/** Changes what somebody may do, or takes them out of the shop; `renews`: what else is another after it. */
export function useRoles({
  renews: others = [],
}: { readonly renews?: readonly string[] } = {}): RolesModel {
  const { t } = useWords()
  // One's own roles may be among them, and what somebody was invited to goes with who invited.
  const renews = [MEMBERS_PATH, INVITATIONS_PATH, ACCOUNT_PATH, ...others]
  const setting = useChanging(setRoles, { renews })
  const removing = useChanging(removeMember, { renews })
  const [model] = useState(() =>
    createRolesModel({
      setRoles: setting.run,
      removeMember: removing.run,
      onChanged: ({ name }, undo) => say(t('roles.saved', { name }), { undo: () => void undo() }),
      onRemoved: ({ name }) => say(t('removal.done', { name })),
      onUndone: (fault) => say(fault === undefined ? t('roles.put_back') : faultText(fault, t)),
    }),
  )
  return model
}

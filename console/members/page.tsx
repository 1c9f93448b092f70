import { useState } from 'preact/hooks'
import type { Invitation, ShopMember } from '#protocol/account.ts'
import { INVITATIONS_PATH, MEMBERS_PATH } from '#protocol/names.ts'
import { useChanging, useReading } from '../queries.ts'
import { useSession } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { createInviteModel } from './invite-model.ts'
import { InviteDialog } from './parts/invite-dialog.tsx'
import { Invitations } from './parts/invitations.tsx'
import { LeaveShopDialog } from './parts/leave-shop-dialog.tsx'
import { MemberTable } from './parts/member-table.tsx'
import { RolesDialog } from './parts/roles-dialog.tsx'
import { invite } from './requests.ts'
import { useRoles } from './use-roles.ts'
import './members.css'

interface Items<Item> {
  readonly items: readonly Item[]
}

export function Page() {
  const { t } = useWords()
  const { shop, may } = useSession()
  const members = useReading<Items<ShopMember>>(MEMBERS_PATH)
  const invitations = useReading<Items<Invitation>>(INVITATIONS_PATH)
  const inviting = useInviting()
  const roles = useRoles()
  const [isLeaving, setLeaving] = useState(false)
  const mayEdit = may('members', 'edit')
  return (
    <PageFrame
      title={t('members.title')}
      intro={t('members.intro', { shop: shop.name })}
      actions={
        mayEdit && (
          <Button kind="primary" icon="plus" onClick={inviting.open}>
            {t('members.invite')}
          </Button>
        )
      }
      isWide
    >
      <Loaded reading={members} rows={3}>
        {({ items }) => (
          <div class="member-table">
            <MemberTable
              members={items}
              open={mayEdit ? roles.open : undefined}
              onLeave={() => setLeaving(true)}
            />
            <RolesDialog model={roles} members={items} />
          </div>
        )}
      </Loaded>
      <Invitations reading={invitations} model={inviting} mayEdit={mayEdit} />
      <InviteDialog model={inviting} />
      <LeaveShopDialog shop={isLeaving ? shop : undefined} onClose={() => setLeaving(false)} />
    </PageFrame>
  )
}

function useInviting() {
  const inviting = useChanging(invite, { renews: [INVITATIONS_PATH] })
  const [model] = useState(() =>
    createInviteModel({ invite: inviting.run, onInvited: () => undefined }),
  )
  return model
}

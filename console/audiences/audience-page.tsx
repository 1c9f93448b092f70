import type { Audience } from '#protocol/audiences.ts'
import { useReading } from '../queries.ts'
import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { PageLink } from '../settings/parts/page-link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { audiencePath, AUDIENCES_PAGE_PATH } from './addresses.ts'
import { AudienceActions } from './parts/audience-actions.tsx'
import { AudienceForm } from './parts/audience-form.tsx'
import { AudienceState } from './parts/audience-state.tsx'
import { GrowthSection } from './parts/growth-section.tsx'
import { MembersSection } from './parts/members-section.tsx'
import { UsedBySection } from './parts/used-by-section.tsx'
import { useUntilReady } from './use-until-ready.ts'
import './audiences.css'

/** One audience: whom it is of, how it grows and who is in it; without an id, one that is about to be made. */
export function Page() {
  const { t } = useWords()
  const id = route.value.query.get('id') ?? ''
  return id === '' ? <NewAudience title={t('audience.new')} /> : <KnownAudience key={id} id={id} />
}

function NewAudience({ title }: { readonly title: string }) {
  return (
    <PageFrame title={title} intro={<Back />} isWide>
      <AudienceForm />
    </PageFrame>
  )
}

function KnownAudience({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { may } = useSession()
  const audience = useReading<Audience>(audiencePath(id))
  const { value } = audience
  useUntilReady(value === undefined ? [] : [value], audience.again)
  return (
    <PageFrame
      title={value?.name ?? t('audience.one')}
      intro={<Back />}
      actions={value && may('audiences', 'edit') && <AudienceActions audience={value} />}
      isWide
    >
      <Loaded reading={audience} rows={6}>
        {(found) => (
          <>
            <AudienceState audience={found} />
            <AudienceForm audience={found} />
            <GrowthSection audience={found} />
            <MembersSection audience={found} />
            <UsedBySection id={id} />
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function Back() {
  const { t } = useWords()
  return <PageLink href={AUDIENCES_PAGE_PATH}>{t('audience.back')}</PageLink>
}

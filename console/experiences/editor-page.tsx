import type { Experience } from '#protocol/experiences.ts'
import { useReading } from '../queries.ts'
import { route } from '../router.ts'
import { PageLink } from '../settings/parts/page-link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { LIST_ADDRESS } from './addresses.ts'
import './experiences.css'
import './editor.css'
import { Editor } from './parts/editor.tsx'
import { experiencePath } from './requests.ts'

/** `/console/experience?id=…`: one experience, from its design to what came of it. */
export function Page() {
  const { t } = useWords()
  const id = route.value.query.get('id') ?? ''
  const experience = useReading<Experience>(experiencePath(id))
  if (experience.value !== undefined) return <Editor key={id} experience={experience.value} />
  return (
    <PageFrame
      isWide
      title={t('experience.one')}
      intro={<PageLink href={LIST_ADDRESS}>{t('gallery.back')}</PageLink>}
    >
      <Loaded reading={experience} rows={8}>
        {() => null}
      </Loaded>
    </PageFrame>
  )
}

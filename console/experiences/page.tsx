import { useState } from 'preact/hooks'
import type { ExperienceFigures } from '#protocol/experience-management.ts'
import type { Experience, ExperienceSettings } from '#protocol/experiences.ts'
import { FIGURES_BY_EXPERIENCE_PATH, EXPERIENCE_SETTINGS_PATH } from '#protocol/names.ts'
import { useNow } from '../clock.ts'
import { useReading } from '../queries.ts'
import { navigate } from '../router.ts'
import { useSession } from '../session.ts'
import { FilterField } from '../settings/parts/filter-field.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { GALLERY_ADDRESS } from './addresses.ts'
import './experiences.css'
import { found, LIST_FILTERS, type ListFilter } from './list-model.ts'
import { ExperienceTable } from './parts/experience-table.tsx'
import { KillSwitch } from './parts/kill-switch.tsx'
import { ALL_EXPERIENCES_PATH } from './requests.ts'
import { daysAgoOn } from './shop-days.ts'

const SHOWN_DAYS = 28

export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const experiences = useReading<{ items: readonly Experience[] }>(ALL_EXPERIENCES_PATH)
  const settings = useReading<ExperienceSettings>(EXPERIENCE_SETTINGS_PATH)
  const make = (
    <Button kind="primary" icon="plus" onClick={() => navigate(GALLERY_ADDRESS)}>
      {t('experience.new')}
    </Button>
  )
  const mayEdit = may('experiences', 'edit')
  return (
    <PageFrame
      isWide
      title={t('experience.title')}
      intro={t('experience.intro')}
      actions={mayEdit && make}
    >
      {settings.value?.isOn === false && <KillSwitch settings={settings.value} mayEdit={mayEdit} />}
      <Loaded reading={experiences} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title={t('experience.empty.title')}
              text={t('experience.empty.text')}
              action={mayEdit && make}
            />
          ) : (
            <Listed experiences={items} settings={settings.value} />
          )
        }
      </Loaded>
    </PageFrame>
  )
}

interface ListedProps {
  readonly experiences: readonly Experience[]
  readonly settings: ExperienceSettings | undefined
}

function Listed({ experiences, settings }: ListedProps) {
  const { t } = useWords()
  const { shop, may } = useSession()
  const now = useNow()
  const [filter, setFilter] = useState<ListFilter>('all')
  const [text, setText] = useState('')
  const from = daysAgoOn(now, SHOWN_DAYS - 1, shop.timeZone)
  const figures = useReading<{ items: readonly ExperienceFigures[] }>(
    `${FIGURES_BY_EXPERIENCE_PATH}?from=${from}`,
  )
  const shown = found(experiences, { filter, text, now })
  return (
    <>
      <div class="experience-tools">
        <input
          type="search"
          class="control-input experience-search"
          aria-label={t('experience.search')}
          placeholder={t('experience.search')}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <FilterField
          label={t('experience.filter')}
          value={filter}
          options={LIST_FILTERS.map((value) => ({
            value,
            label: t(value === 'all' ? 'experience.filter.all' : `experience.state.${value}`),
          }))}
          onChange={setFilter}
        />
        {settings?.isOn === true && may('experiences', 'edit') && (
          <KillSwitch settings={settings} mayEdit />
        )}
      </div>
      {shown.length === 0 ? (
        <Empty title={t('experience.none.title')} text={t('experience.none.text')} />
      ) : (
        <ExperienceTable
          experiences={shown}
          all={experiences}
          figures={figures.value?.items}
          days={SHOWN_DAYS}
        />
      )}
    </>
  )
}

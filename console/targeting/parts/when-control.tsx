import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import type { When, WhenSlot } from '../slots.ts'
import { InlineSelect } from './inline-select.tsx'
import { WindowControl } from './window-control.tsx'

interface WhenControlProps {
  readonly slot: WhenSlot
  readonly onChange: (value: When) => void
}

/** “at any time”, “in this visit”, “in the last 7 days”. */
export function WhenControl({ slot, onChange }: WhenControlProps) {
  const { value, hasScope, hasWindow } = slot
  const { t } = useWords()
  const { about } = useBuilder()
  const isOfVisit = value.scope === 'session'
  const way = wayOf(value)
  const hasVisits = hasScope && (about === 'visit' || isOfVisit)
  const ways = [
    'ever',
    ...(hasVisits ? ['session'] : []),
    ...(hasWindow ? ['within'] : []),
    ...(hasVisits && hasWindow ? ['session_within'] : []),
  ] as const

  function choose(chosen: string): void {
    const scope = chosen.startsWith('session') ? 'session' : 'profile'
    const isWindow = chosen.endsWith('within')
    const within = value.within ?? ({ last: 7, unit: 'days' } as const)
    onChange({ scope, within: isWindow ? within : undefined })
  }

  return (
    <>
      <InlineSelect
        label={t('slot.when')}
        value={way}
        options={WAYS.filter((it) => ways.includes(it)).map((it) => ({
          value: it,
          label: t(`when.${it}`),
        }))}
        onChange={choose}
      />
      {value.within !== undefined && (
        <WindowControl
          value={value.within}
          onChange={(within) => onChange({ scope: value.scope, within })}
        />
      )}
    </>
  )
}

const WAYS = ['ever', 'session', 'within', 'session_within'] as const

function wayOf({ scope, within }: When): (typeof WAYS)[number] {
  if (scope === 'session') return within === undefined ? 'session' : 'session_within'
  return within === undefined ? 'ever' : 'within'
}

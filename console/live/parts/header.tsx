import { CONSOLE_PATH } from '#protocol/names.ts'
import { SignOut } from '../../account/parts/sign-out.tsx'
import { useWords } from '../../words.ts'
import type { LiveModel, Phase } from '../model.ts'

/** Phases in which a word about the connection helps; the others fill the page themselves. */
type Connection = Extract<Phase, 'opening' | 'connecting' | 'live' | 'reconnecting' | 'restarting'>

const CONNECTIONS: ReadonlySet<Phase> = new Set<Connection>([
  'opening',
  'connecting',
  'live',
  'reconnecting',
  'restarting',
])

interface HeaderProps {
  readonly model: LiveModel
  readonly signOut: () => Promise<boolean>
}

export function Header({ model, signOut }: HeaderProps) {
  const { t } = useWords()
  const shops = model.shops.value
  return (
    <header class="header">
      <span class="brand">Granplaza</span>
      <span class="shop-name">{model.shopName.value}</span>
      <output class="connection" data-state={stateOf(model)}>
        {isConnection(model.phase.value) && t(`state.${stateOf(model)}`)}
      </output>
      {shops !== undefined && shops.length > 1 && (
        <a class="button-quiet" href={CONSOLE_PATH}>
          {t('shops.change')}
        </a>
      )}
      {shops !== undefined && <SignOut signOut={signOut} />}
    </header>
  )
}

function stateOf({ phase, isPaused }: LiveModel): Connection | 'paused' {
  if (!isConnection(phase.value)) return 'opening'
  return phase.value === 'live' && isPaused.value ? 'paused' : phase.value
}

function isConnection(phase: Phase): phase is Connection {
  return CONNECTIONS.has(phase)
}

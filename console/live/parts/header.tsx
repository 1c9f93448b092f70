import { CONSOLE_PATH } from '#protocol/names.ts'
import { SignOut } from '../../account/parts/sign-out.tsx'
import { useWords } from '../../words.ts'
import type { LiveModel, Phase } from '../model.ts'

/** Phases in which a word about the connection helps; the others fill the page themselves. */
type ConnectionPhase = Extract<
  Phase,
  'opening' | 'connecting' | 'live' | 'reconnecting' | 'restarting'
>

const CONNECTIONS: ReadonlySet<Phase> = new Set<ConnectionPhase>([
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
      <Connection model={model} />
      {shops !== undefined && shops.length > 1 && (
        <a class="button-quiet" href={CONSOLE_PATH}>
          {t('shops.change')}
        </a>
      )}
      {shops !== undefined && <SignOut signOut={signOut} />}
    </header>
  )
}

/** A word on whether what is shown is what happens. */
export function Connection({ model }: { readonly model: LiveModel }) {
  const { t } = useWords()
  return (
    <output class="connection" data-state={stateOf(model)}>
      {isConnection(model.phase.value) && t(`state.${stateOf(model)}`)}
    </output>
  )
}

function stateOf({ phase, isPaused }: LiveModel): ConnectionPhase | 'paused' {
  if (!isConnection(phase.value)) return 'opening'
  return phase.value === 'live' && isPaused.value ? 'paused' : phase.value
}

function isConnection(phase: Phase): phase is ConnectionPhase {
  return CONNECTIONS.has(phase)
}

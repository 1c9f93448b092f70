import { useWords } from '../../words.ts'
import type { LiveModel, Phase } from '../model.ts'

/** Phases in which a word about the connection helps; the others fill the page themselves. */
type Connection = Extract<Phase, 'opening' | 'connecting' | 'live' | 'reconnecting' | 'restarting'>

export function Header({ model }: { model: LiveModel }) {
  const { t } = useWords()
  return (
    <header class="header">
      <span class="brand">Granplaza</span>
      <span class="shop-name">{model.shopName.value}</span>
      <output class="connection" data-state={stateOf(model)}>
        {isConnection(model.phase.value) && t(`state.${stateOf(model)}`)}
      </output>
    </header>
  )
}

function stateOf({ phase, isPaused }: LiveModel): Connection | 'paused' {
  if (!isConnection(phase.value)) return 'opening'
  return phase.value === 'live' && isPaused.value ? 'paused' : phase.value
}

function isConnection(phase: Phase): phase is Connection {
  return phase !== 'failed' && phase !== 'link_spent' && phase !== 'signed_out'
}

import type { LeafOf } from '#protocol/leaf.ts'
import { numberTest } from '../compare/numbers.ts'
import { timeTest } from '../compare/times.ts'
import type { Reading } from '../reading.ts'
import { judging, type CompiledLeaf } from './compiled-leaf.ts'

/** Who waits has begun to wait in the window; who talked wrote last in it. */
export function compileChat({ did, within }: LeafOf<'chat'>): CompiledLeaf {
  const at = ({ facts: { chat } }: Reading) =>
    did === 'talked' ? chat?.talkedAt : chat?.waitingSince
  return judging(['chat'], at, timeTest(within ? { op: 'last', window: within } : { op: 'isSet' }))
}

export function compileChatRating({ stars }: LeafOf<'chatRating'>): CompiledLeaf {
  return judging(['chat'], ({ facts }) => facts.chat?.rating, numberTest(stars))
}

/** What the shop, or a bot, made of them. */
export function compileLead({ kind, values }: LeafOf<'leadState' | 'potential'>): CompiledLeaf {
  const known: readonly string[] = values
  return judging(['chat'], ({ facts }) => facts.chat?.[kind], {
    holds: (it) => it !== undefined && known.includes(it),
  })
}

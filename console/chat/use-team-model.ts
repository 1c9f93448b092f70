import { useEffect, useState } from 'preact/hooks'
import { mayIn, useSession } from '../session.ts'
import type { Team } from './team-context.ts'

/** The shop's chats, for as long as it is looked at; socket.io comes after the page itself. */
export function useTeamModel(): Team | undefined {
  const { account, shop } = useSession()
  const [model, setModel] = useState<Team | undefined>(undefined)
  const mayAnswer = mayIn(shop, 'conversations', 'own')
  const { key } = shop
  useEffect(() => {
    if (!mayAnswer) return
    let opened: Team | undefined
    let isWanted = true
    void import('./open-team.ts').then(({ openTeam }) => {
      if (!isWanted) return
      opened = openTeam({ memberId: account.id, shopKey: key })
      setModel(opened)
    })
    return () => {
      isWanted = false
      opened?.stop()
      setModel(undefined)
    }
  }, [key, mayAnswer, account.id])
  return model
}

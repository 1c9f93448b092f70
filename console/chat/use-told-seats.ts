import { useEffect, useRef } from 'preact/hooks'
import { useTeam } from './team-context.ts'

/** Calls `act` when one's own presence or seats are told: who is in a channel is then another, too. */
export function useToldSeats(act: () => void): void {
  const actRef = useRef(act)
  const presence = useTeam()?.presence.value
  const knownRef = useRef(presence)
  useEffect(() => {
    actRef.current = act
  })
  useEffect(() => {
    if (knownRef.current !== undefined && knownRef.current !== presence) actRef.current()
    knownRef.current = presence
  }, [presence])
}

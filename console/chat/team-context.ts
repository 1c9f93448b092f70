import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Alerts } from './alerts.ts'
import type { ChatWindows } from './chat-windows.ts'
import type { TeamModel } from './team-model.ts'

/** All of chat that is there on every page. */
export interface Team extends TeamModel {
  readonly windows: ChatWindows
  readonly alerts: Alerts
}

/** Given by the shell; undefined until it is there, and for whoever answers no chats. */
export const TeamContext = createContext<Team | undefined>(undefined)

export function useTeam(): Team | undefined {
  return useContext(TeamContext)
}

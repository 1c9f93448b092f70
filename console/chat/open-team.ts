import type { OwnPresence } from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { MANAGED_CONVERSATIONS_PATH, OWN_PRESENCE_PATH } from '#protocol/names.ts'
import { about, read } from '../api.ts'
import type { Items } from './requests.ts'
import { createAlerts } from './alerts.ts'
import { createChatWindows } from './chat-windows.ts'
import { createChime } from './chime.ts'
import { createDrafts } from './drafts.ts'
import { connectTeam } from './team-connection.ts'
import type { Team } from './team-context.ts'
import { createTeamModel } from './team-model.ts'

interface Whose {
  readonly memberId: string
  readonly shopKey: string
}

/** The shop's chats at this browser. */
export function openTeam({ memberId, shopKey }: Whose): Team {
  const model = createTeamModel({
    memberId,
    connect: (listener) => connectTeam(listener, shopKey),
    drafts: createDrafts(sessionStorage, shopKey),
    now: Date.now,
    after(milliseconds, act) {
      const timer = setTimeout(act, milliseconds)
      return () => clearTimeout(timer)
    },
    newId,
    readRunning: () =>
      about(shopKey, () =>
        read<Items<Conversation>>(`${MANAGED_CONVERSATIONS_PATH}?view=running&limit=100`),
      ),
    readPresence: () => about(shopKey, () => read<OwnPresence>(OWN_PRESENCE_PATH)),
    isInSight,
  })
  const active = () => model.active()
  // Whoever signs in has done so with their hands.
  if (navigator.userActivation?.isActive) active()
  const kinds = ['pointerdown', 'keydown'] as const
  for (const kind of kinds) addEventListener(kind, active, { capture: true, passive: true })
  const windows = createChatWindows(sessionStorage, shopKey)
  const alerts = createAlerts({
    memory: localStorage,
    play: createChime(),
    notifications: globalThis.Notification,
    isInSight,
  })
  return {
    ...model,
    windows,
    alerts,
    stop() {
      for (const kind of kinds) removeEventListener(kind, active, { capture: true })
      model.stop()
    },
  }
}

function isInSight(): boolean {
  return document.visibilityState === 'visible'
}

/** 128 random bits. `randomUUID` is there on https alone, and some consoles are at home in a local network. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

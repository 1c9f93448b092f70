import { signal, type ReadonlySignal } from '@preact/signals'

export type Permission = 'default' | 'granted' | 'denied' | 'unsupported'

/** How whoever looks elsewhere hears of a chat. */
export interface Alerts {
  readonly isSoundOn: ReadonlySignal<boolean>
  readonly permission: ReadonlySignal<Permission>
  readonly setSound: (isOn: boolean) => void
  /** Asks the browser: by a press alone. */
  readonly allow: () => Promise<void>
  /** `open`: what a press on the notification does. */
  readonly tell: (told: { title: string; text: string; tag: string; open: () => void }) => void
}

interface AlertsDeps {
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>
  readonly play: () => void
  /** Undefined: the browser has none. */
  readonly notifications: typeof Notification | undefined
  readonly isInSight: () => boolean
}

const NAME = 'gp.console.chat-sound'

export function createAlerts({ memory, play, notifications, isInSight }: AlertsDeps): Alerts {
  const isSoundOn = signal(memory.getItem(NAME) !== 'off')
  const permission = signal<Permission>(notifications?.permission ?? 'unsupported')
  return {
    isSoundOn,
    permission,
    setSound(isOn) {
      isSoundOn.value = isOn
      memory.setItem(NAME, isOn ? 'on' : 'off')
      if (isOn) play()
    },
    async allow() {
      if (notifications !== undefined) permission.value = await notifications.requestPermission()
    },
    tell({ title, text, tag, open }) {
      if (isSoundOn.value) play()
      if (notifications === undefined || permission.value !== 'granted' || isInSight()) return
      const shown = new notifications(title, { body: text, tag })
      shown.addEventListener('click', () => {
        shown.close()
        open()
      })
    },
  }
}

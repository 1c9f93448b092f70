import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import type { PageRule } from '#protocol/chat-rules.ts'
import { askLauncher } from '../chat/ask-launcher.ts'
import { isBusy, isSmall, isTyping } from '../chat/good-moment.ts'
import type { Launcher } from '../chat/launcher.ts'
import { drawNote } from '../chat/note.ts'
import { onlyOnce } from '../chat/only-once.ts'
import { openQuietly } from '../chat/open-quietly.ts'
import type { PageChat } from '../chat/page-chat.ts'

type Act = (command: string) => Promise<unknown>

const followed = new WeakSet<PageChat>()
const LOOK_MS = 500

/** Drawn on another route, the button's look has the bot of that one; the window goes by what it holds. */
export async function renew({ host, channelId, launcher }: PageChat): Promise<void> {
  const made = await launcher
  if (made) redraw(made, await askLauncher(host, channelId))
}

function redraw({ look, button }: Launcher, said: Partial<LauncherAnswer> | undefined): void {
  const isOpen = button.getAttribute('aria-expanded') === 'true'
  // Who talks in a window that somebody is looking at goes on.
  Object.assign(look, !isOpen && { bot: undefined, chatbotId: undefined, ...said })
}

/** What the page's rule wants beside the button: a text, or the window itself. From now on at each page view. */
export function follow(chat: PageChat, act: Act): void {
  if (followed.has(chat)) return
  followed.add(chat)
  const { host } = chat
  const { guarded } = host
  const once = onlyOnce(host)
  let viewedAt = host.now()
  let views = 0
  /** Of a page that chose its channel: what that one does here. */
  let told: Promise<Partial<LauncherAnswer> | undefined> | undefined
  let shownRule = ''
  let end = () => {}

  /** Of this page view; the server knows only the selected channel's by itself. */
  async function ruleNow(): Promise<PageRule | undefined> {
    if (!chat.channelId) return host.answer?.decisions.launcher?.rule
    const isFirst = !views && chat.launcher
    const view = views
    told ??= isFirst
      ? chat.draw().then((made) => made?.look)
      : askLauncher(host, chat.channelId).then(async (said) => {
          const made = await chat.launcher
          if (made && view === views) {
            Object.assign(made.look, { isShown: said?.isShown })
            redraw(made, said)
            made.show(chat.isWanted ?? said?.isShown)
          }
          return said
        })
    return (await told)?.rule
  }

  async function look(): Promise<void> {
    const view = views
    const rule = await ruleNow()
    const name = JSON.stringify(rule) ?? ''
    // Every answer of a page view says it again; and what is asked for late may be of the page before.
    if (view !== views || name === shownRule) return
    shownRule = name
    end()
    const launcher = rule && (await chat.draw())
    if (!launcher || view !== views) return
    // Somebody who is in a conversation, or was, needs no invitation.
    const isDone = () => once.isDone() || launcher.button.hidden
    if (rule.action === 'notify') {
      const note = drawNote(host, launcher, rule.texts, {
        open: () => void act('openChat'),
        close: () => once.done(),
      })
      tick(() => note.show(!isDone() && !isBusy(host.window, launcher.root)), note.remove)
    } else {
      tick(() => {
        const { window } = host
        const isEarly = host.now() < viewedAt + rule.afterSeconds * 1_000
        if (isEarly || isDone() || isSmall(window) || window.document.hidden) return
        if (isTyping(window) || isBusy(window, launcher.root)) return
        once.done()
        openQuietly(host, launcher, () => act('openChat'))
      })
    }
  }

  /** Dialogs come and go without a word, and other tabs have their say, too. */
  function tick(run: () => void, atEnd = () => {}): void {
    let stop = () => {}
    const step = guarded(() => {
      stop = host.after(LOOK_MS, step)
      run()
    })
    end = () => {
      end = () => {}
      stop()
      atEnd()
    }
    step()
  }

  const looked = guarded(() => void look())
  host.on('answered', looked)
  host.on('chat:open', once.done)
  host.on(
    'page:viewed',
    guarded(() => {
      views += 1
      viewedAt = host.now()
      told = undefined
      shownRule = ''
      end()
    }),
  )
  host.onEnd(() => end())
  looked()
}

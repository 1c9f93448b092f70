import { markedName, openingOf } from '#protocol/bot-opening.ts'
import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import type { ChatbotStep } from '#protocol/chatbots.ts'
import type { ChatHost, ChatPart } from '#widgets/kit/chat-host.ts'
import { mount } from '#widgets/chat/index.tsx'
import { createPretendServer } from './pretend-server.ts'
import { windowWords } from './window-words.ts'

interface Played {
  readonly name: string
  readonly steps: readonly ChatbotStep[]
  readonly language: string
  readonly isAnyoneThere: boolean
}

/** It stands on a page of its own: this is as large as its frame. */
const FRAMED = `
:host{display:block;position:absolute;inset:0;contain:strict;font:15px/1.45 system-ui,sans-serif}
.window.page{position:absolute;inset:0;width:100%;height:100%}
.window.page .scroll,.window.page .composer,.window.page .form,.window.page .foot{padding-inline:16px}
`

const PARTS: Readonly<Record<ChatPart, () => Promise<unknown>>> = {
  'chat-bot': () => import('#widgets/chat/bot.tsx'),
  'chat-forms': () => import('#widgets/chat/forms.tsx'),
  'chat-cards': () => import('#widgets/chat/cards.tsx'),
  'chat-emoji': () => import('#widgets/chat/emoji.tsx'),
  'chat-history': () => import('#widgets/chat/history/index.tsx'),
}

/** Draws the window into `frame`, and answers it as the server would; returns `stop`. */
export function playBot(frame: HTMLElement, played: Played): () => void {
  const shell = document.createElement('div')
  const root = shell.attachShadow({ mode: 'open' })
  const place = document.createElement('div')
  const style = new CSSStyleSheet()
  style.replaceSync(FRAMED)
  root.adoptedStyleSheets = [style]
  root.append(place)
  frame.replaceChildren(shell)
  let isOver = false
  const words = windowWords(played.language)
  const mounted = mount(hostOf({ root, place, words, played, isOver: () => isOver }))
  // The window's own come before it, and ours are about its size alone.
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((one) => one !== style), style]
  // Whoever writes a script is not to be taken into it.
  const { activeElement } = document
  mounted.open({})
  if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true })
  return () => {
    isOver = true
    mounted.unmount()
    shell.remove()
  }
}

interface HostParts {
  readonly root: ShadowRoot
  readonly place: HTMLElement
  readonly words: object
  readonly played: Played
  readonly isOver: () => boolean
}

function hostOf({ root, place, words, played, isOver }: HostParts): ChatHost {
  const { language } = played
  const server = createPretendServer({ ...played, languages: [language] })
  return {
    root,
    place,
    look: lookOf(played),
    channelId: undefined,
    words,
    language,
    languages: [language],
    isPage: true,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    after(ms, run) {
      const timer = setTimeout(() => {
        if (!isOver()) run()
      }, ms)
      return () => clearTimeout(timer)
    },
    post: server.post,
    bodyOf: () => '',
    address: (path) => path,
    connect: server.connect,
    claimToken: () => Promise.resolve('preview'),
    isSignedIn: () => false,
    record: () => undefined,
    remember: () => undefined,
    where: () => ({}),
    part: (name) => PARTS[name](),
    tell: () => undefined,
    stands: () => undefined,
  }
}

function lookOf({ name, steps, language }: Played): LauncherAnswer {
  return {
    channelId: 'preview',
    isShown: true,
    isAnyoneThere: false,
    texts: {},
    language,
    accent: null,
    headerColour: null,
    position: 'end',
    offset: { inline: 0, block: 0 },
    zIndex: 1,
    hasAvatar: false,
    whenNobody: 'form',
    preChat: { isOn: false, asksConsent: false, fields: [] },
    opensAt: null,
    asksRating: false,
    takesFiles: false,
    shopName: name,
    operators: [],
    bot: {
      script: { id: 'preview', version: 1 },
      name: markedName(name),
      said: openingOf(steps, [language]),
    },
  }
}

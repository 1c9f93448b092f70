import { render } from 'preact'
import { spendLink } from './api.ts'
import { connectLive } from './live/connection.ts'
import { eventName } from './live/event-name.ts'
import { createLiveModel } from './live/model.ts'
import { LivePage } from './live/page.tsx'
import { createWords, WordsContext } from './words.ts'

const words = createWords(navigator.languages)

/** The token is in the fragment, which browsers send to nobody; it must not stay where people copy addresses. */
function takeLinkToken(): string | undefined {
  const token = location.hash.slice(1)
  if (token === '') return undefined
  history.replaceState(null, '', location.pathname)
  return token
}

const model = createLiveModel({
  linkToken: takeLinkToken(),
  now: Date.now,
  nameOf: (event) => eventName(event, words),
  spendLink,
  connect: connectLive,
  every(milliseconds, act) {
    const timer = setInterval(act, milliseconds)
    return () => clearInterval(timer)
  },
})

const root = document.getElementById('console')
if (root !== null) {
  document.documentElement.lang = words.language
  document.title = `${words.t('live.title')} · Granplaza`
  render(
    <WordsContext.Provider value={words}>
      <LivePage model={model} />
    </WordsContext.Provider>,
    root,
  )
  void model.open()
}

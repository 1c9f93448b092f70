import { signal } from '@preact/signals'
import { FRAME_READY, type FrameShown } from './frame-messages.ts'
import { FramePage } from './frame-page.tsx'

/** The page of the frame: draws what the console that frames it says, in a window of its own width. */
export function openPreviewFrame() {
  const shown = signal<FrameShown | undefined>(undefined)
  const isDark = { now: false }
  followScheme(isDark)
  addEventListener('message', ({ source, origin, data }: MessageEvent<FrameShown>) => {
    if (source !== parent || origin !== location.origin) return
    isDark.now = data.isDark
    document.documentElement.dataset.theme = data.isDark ? 'dark' : 'light'
    shown.value = data
  })
  parent.postMessage(FRAME_READY, location.origin)
  return <FramePage shown={shown} />
}

/** The widget asks the browser; in this page we say which scheme is looked at. */
function followScheme(isDark: { readonly now: boolean }): void {
  const asked = window.matchMedia.bind(window)
  window.matchMedia = (query) => {
    if (!query.includes('prefers-color-scheme')) return asked(query)
    return asked(isDark.now ? 'all' : 'not all')
  }
}

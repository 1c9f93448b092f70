import type { ReadonlySignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { FrameShown } from './frame-messages.ts'
import './frame-page.css'
import { createPopupStage } from './popup-stage.ts'

/** The pop-up over something like a shop's page. */
export function FramePage({ shown }: { readonly shown: ReadonlySignal<FrameShown | undefined> }) {
  return (
    <main class="frame-page">
      <Backdrop />
      {shown.value !== undefined && <Drawn shown={shown.value} />}
    </main>
  )
}

function Drawn({ shown }: { readonly shown: FrameShown }) {
  const element = useRef<HTMLDivElement>(null)
  const stage = useMemo(createPopupStage, [])
  const { layout, design } = shown.content
  // Where it stands and what parts it needs are decided when it is made.
  const place = JSON.stringify([layout, design.kind, shown.language, shown.isDark])
  useEffect(() => {
    if (element.current === null) return
    return stage.open(element.current, shown)
    // The rest is brought up to date below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [stage, place])
  useEffect(() => stage.update(shown), [stage, shown])
  return (
    <>
      {layout.kind === 'modal' && <div class="frame-veil" />}
      <div ref={element} />
    </>
  )
}

/** Says nothing: what a shop's page looks like from afar. */
function Backdrop() {
  return (
    <div class="frame-shop" aria-hidden="true">
      <span class="frame-bar" />
      <span class="frame-hero" />
      <span class="frame-items">
        {Array.from({ length: 8 }, (_, item) => (
          <span class="frame-item" key={item} />
        ))}
      </span>
    </div>
  )
}

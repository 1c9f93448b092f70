import { useEffect, useMemo, useRef } from 'preact/hooks'
import './popup-preview.css'
import { createPopupStage, type Shown } from '../preview-frame/popup-stage.ts'

/** A pop-up as visitors get it, in a frame that keeps it in its place. Only to be looked at. */
export function PopupPreview({ content, known, language }: Shown) {
  const element = useRef<HTMLDivElement>(null)
  const stage = useMemo(createPopupStage, [])
  const { kind } = content.layout

  useEffect(() => {
    if (element.current === null) return
    return stage.open(element.current, { content, known, language })
    // Where it stands is decided when it is made; the rest is brought up to date below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [stage, kind, language])
  useEffect(() => stage.update({ content, known, language }), [stage, content, known, language])

  return (
    <div class="popup-preview" data-kind={kind} inert aria-hidden="true">
      <div class="popup-stage" ref={element} />
    </div>
  )
}

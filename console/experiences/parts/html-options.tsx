import { useEffect, useState } from 'preact/hooks'
import type { Drawing } from '#protocol/experience-management.ts'
import type { Popup } from '#protocol/popup.ts'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWords } from '../../words.ts'
import type { Reply } from '../../api.ts'
import type { Fault } from '../faults.ts'
import { drawPopup } from '../requests.ts'

interface HtmlOptionsProps {
  readonly content: Popup
  readonly faults: readonly Fault[]
  readonly onChange: (content: Popup, mark?: string) => void
}

/** Own HTML and CSS, with what pages will not get of it. */
export function HtmlOptions({ content, faults, onChange }: HtmlOptionsProps) {
  const { t } = useWords()
  const { design } = content
  const drawing = useDrawing(content)
  if (design.kind !== 'html') return null
  const fault = faults.find(({ at }) => at === 'html')
  return (
    <section class="html-options" aria-label={t('editor.made_of.html')}>
      <TextField
        name="html"
        label="HTML"
        rows={12}
        isCode
        isRequired
        value={design.html}
        maxLength={50_000}
        fault={fault && t(`fault.experience.${fault.what}`)}
        onInput={(html) => onChange({ ...content, design: { ...design, html } }, 'html')}
      />
      <TextField
        name="css"
        label="CSS"
        rows={6}
        isCode
        value={design.css}
        maxLength={20_000}
        onInput={(css) => onChange({ ...content, design: { ...design, css } }, 'css')}
      />
      <Verdict drawing={drawing} />
    </section>
  )
}

function Verdict({ drawing }: { readonly drawing: Reply<Drawing> | undefined }) {
  const { t } = useWords()
  if (drawing === undefined) return null
  if (drawing.refusal !== undefined) {
    return (
      <Notice tone="warn" title={t('editor.html.refused')}>
        <p class="editor-detail">{drawing.detail}</p>
      </Notice>
    )
  }
  const { removed } = drawing.value
  if (removed.length === 0) return <Notice tone="good" title={t('editor.html.whole')} />
  return (
    <Notice tone="warn" title={t('editor.html.removed', { n: removed.length })}>
      <ul class="editor-faults">
        {removed.map((what) => (
          <li key={what}>
            <code>{what}</code>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

const PAUSE_MS = 400

/** As the server would have pages draw it, once whoever types pauses; undefined: it is blocks, or not known yet. */
export function useDrawing(content: Popup): Reply<Drawing> | undefined {
  const [drawing, setDrawing] = useState<Reply<Drawing> | undefined>(undefined)
  const { design } = content
  useEffect(() => {
    if (design.kind !== 'html' || design.html.trim() === '') {
      setDrawing(undefined)
      return
    }
    let isOld = false
    const timer = setTimeout(() => {
      void drawPopup(content).then((reply) => {
        if (!isOld) setDrawing(reply)
      })
    }, PAUSE_MS)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [content, design])
  return drawing
}

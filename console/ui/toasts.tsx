import { useWords } from '../words.ts'
import { Button } from './button.tsx'
import { createToastList, type ToastList } from './toast-list.ts'
import './toasts.css'

/** The document's own: whatever page one is on, what was said stays in sight. */
const toasts: ToastList = createToastList((ms, act) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
})

/** Says what was done, read out politely; with `undo`, for eight seconds, how to take it back. */
export const say: ToastList['say'] = toasts.say

/** Where it is said: one, in the shell. */
export function Toasts() {
  const { t } = useWords()
  return (
    <div
      class="toasts"
      aria-live="polite"
      onMouseEnter={toasts.hold}
      onMouseLeave={toasts.release}
      onFocusCapture={toasts.hold}
      onBlurCapture={toasts.release}
    >
      {toasts.shown.value.map(({ id, message, undo }) => (
        <div class="toast" key={id}>
          <p>{message}</p>
          {undo !== undefined && (
            <Button kind="quiet" onClick={() => toasts.undo(id)}>
              {t('ui.undo')}
            </Button>
          )}
          <Button
            kind="quiet"
            icon="close"
            name={t('ui.dismiss')}
            onClick={() => toasts.dismiss(id)}
          />
        </div>
      ))}
    </div>
  )
}

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'

interface StepFrameProps {
  readonly title: string
  readonly text: ComponentChildren
  readonly children?: ComponentChildren
}

/** One thing to do. Its heading has the focus when one comes from the step before. */
export function StepFrame({ title, text, children }: StepFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // What had it, a button of the step before, is gone.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <section class="step">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p class="step-text">{text}</p>
      {children}
    </section>
  )
}

interface StepEndProps {
  /** What it does, or where it leads once it is done. */
  readonly action: string
  readonly kind?: 'primary' | 'plain'
  readonly isBusy?: boolean
  /** Without it, the button sends the form that it is in. */
  readonly onClick?: () => void
  readonly onSkip?: () => void
  readonly children?: ComponentChildren
}

/** How one goes on. */
export function StepEnd({ action, kind = 'primary', isBusy = false, ...rest }: StepEndProps) {
  const { t } = useWords()
  const { onClick, onSkip, children } = rest
  return (
    <div class="step-end">
      <Button
        kind={kind}
        type={onClick === undefined ? 'submit' : 'button'}
        isBusy={isBusy}
        {...(onClick !== undefined && { onClick })}
      >
        {action}
      </Button>
      {children}
      {onSkip !== undefined && (
        <Button kind="quiet" onClick={onSkip}>
          {t('first_run.skip')}
        </Button>
      )}
    </div>
  )
}

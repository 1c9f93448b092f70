import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import './form.css'

interface FormProps {
  readonly onSubmit: () => void
  /** What is wrong with all of it; what is wrong with a field, the field says. */
  readonly fault?: string | undefined
  readonly isBusy?: boolean
  readonly children: ComponentChildren
}

/** Goes to the first faulty field after each attempt, which then reads out what is wrong. */
export function Form({ onSubmit, fault, isBusy = false, children }: FormProps) {
  const formRef = useRef<HTMLFormElement>(null)
  const awaitedRef = useRef(false)
  useEffect(() => {
    if (!awaitedRef.current || isBusy) return
    const faulty = formRef.current?.querySelector<HTMLElement>('[aria-invalid=true]')
    if (faulty === undefined || faulty === null) return
    awaitedRef.current = false
    faulty.focus()
  })
  return (
    <form
      ref={formRef}
      class="form-rows"
      noValidate
      onInput={() => {
        awaitedRef.current = false
      }}
      onSubmit={(event) => {
        event.preventDefault()
        if (isBusy) return
        awaitedRef.current = true
        onSubmit()
      }}
    >
      {children}
      <p class="control-fault" role="alert">
        {fault}
      </p>
    </form>
  )
}

/** The buttons at a form's end. */
export function FormEnd({ children }: { readonly children: ComponentChildren }) {
  return <div class="form-end">{children}</div>
}

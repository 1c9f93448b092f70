import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useWords } from '../../words.ts'
import type { Fault, FieldName } from '../faults.ts'

interface FormProps {
  readonly submit: string
  readonly fault: Fault | undefined
  readonly isBusy: boolean
  /** What was filled in, by field; a field that the form does not have is ''. */
  readonly onSubmit: (filled: (name: FieldName) => string) => void
  readonly children?: ComponentChildren
}

/** Goes to the field that a fault is about, which reads it out; a fault of no field is read out by itself. */
export function Form({ submit, fault, isBusy, onSubmit, children }: FormProps) {
  const { t } = useWords()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (fault?.field === undefined) return
    form.current?.querySelector<HTMLInputElement>(`[name=${fault.field}]`)?.focus()
  }, [fault])
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const filled = new FormData(event.currentTarget)
        onSubmit((name) => {
          const value = filled.get(name)
          return typeof value === 'string' ? value : ''
        })
      }}
    >
      {children}
      <p class="fault" role="alert">
        {fault !== undefined && fault.field === undefined && faultText(fault, t)}
      </p>
      <button type="submit" class="button button-primary" aria-disabled={isBusy}>
        {submit}
      </button>
    </form>
  )
}

/** What a fault says in the reader's language. */
export function faultText(
  { message, n }: Fault<string>,
  t: ReturnType<typeof useWords>['t'],
): string {
  return t(message, n === undefined ? {} : { n })
}

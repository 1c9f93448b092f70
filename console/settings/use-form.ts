import { useEffect, useRef, useState } from 'preact/hooks'
import { createForm, type FormDeps, type FormModel } from './form-model.ts'

/** One form for as long as the component is there, however often what it is about is read anew. */
export function useForm<Fields extends object>(deps: FormDeps<Fields>): FormModel<Fields> {
  const latestRef = useRef(deps)
  const [form] = useState(() =>
    createForm<Fields>({
      ...deps,
      save: (fields) => latestRef.current.save(fields),
      onSaved: (former) => latestRef.current.onSaved?.(former),
    }),
  )
  const stored = JSON.stringify(deps.stored)
  useEffect(() => {
    latestRef.current = deps
  })
  useEffect(() => form.adopt(latestRef.current.stored), [form, stored])
  return form
}

import type { Subject } from '../events/service.ts'

interface OfAnybody {
  readonly subject: Subject | null
}

type OfSubject<T extends OfAnybody> = T & { readonly subject: Subject }

/** Whether it is somebody's who can be told apart. */
export function isOfSubject<T extends OfAnybody>(given: T): given is OfSubject<T> {
  return given.subject !== null
}

/** What belongs to each subject, in the order given, so that a commit asks once for each. */
export function bySubject<T extends { readonly subject: Subject }>(
  all: readonly T[],
): readonly { readonly subject: Subject; readonly of: readonly T[] }[] {
  const groups = new Map<string, { readonly subject: Subject; readonly of: T[] }>()
  for (const one of all) {
    const { subject } = one
    const name = `${subject.kind} ${subject.id}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { subject, of: [one] })
    else group.of.push(one)
  }
  return [...groups.values()]
}

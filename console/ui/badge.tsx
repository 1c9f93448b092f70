import type { ComponentChildren } from 'preact'
import './badge.css'

/** A word beside a name. */
export function Badge({ children }: { readonly children: ComponentChildren }) {
  return <span class="badge">{children}</span>
}

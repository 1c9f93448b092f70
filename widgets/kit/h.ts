import type { JSX as PreactJSX } from 'preact'

export type Child = VNode | string | number | boolean | null | undefined | readonly Child[]

export interface VNode {
  readonly type: string
  readonly key: unknown
  readonly props: Readonly<Record<string, unknown>>
  readonly children: readonly Child[]
}

/** What JSX becomes in pop-ups: as in Preact, whose 4.4 kB they cannot afford (ADR 0013). */
export function h(
  type: string,
  attributes: Readonly<Record<string, unknown>> | null,
  ...children: readonly Child[]
): VNode {
  const { key, ...props } = attributes ?? {}
  return { type, key, props, children }
}

/** Only the types: elements and attributes are those that Preact knows. */
export declare namespace h {
  namespace JSX {
    type Element = VNode
    type ElementType = string
    type IntrinsicElements = PreactJSX.IntrinsicElements
    interface IntrinsicAttributes {
      key?: string | number
    }
  }
}

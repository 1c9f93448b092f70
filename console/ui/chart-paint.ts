const QUERIES = [
  '(prefers-color-scheme: dark)',
  '(forced-colors: active)',
  '(prefers-contrast: more)',
]

/** Calls when the console's colours may have changed: a canvas does not know by itself. Returns `stop`. */
export function paintChanges(changed: () => void): () => void {
  const queries = QUERIES.map((query) => matchMedia(query))
  const themed = new MutationObserver(changed)
  themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  for (const query of queries) query.addEventListener('change', changed)
  return () => {
    themed.disconnect()
    for (const query of queries) query.removeEventListener('change', changed)
  }
}

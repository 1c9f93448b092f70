/** Calls `then` once half of `element` has been in view; pages that nobody looks at are not drawn. Returns `stop`. */
export function onceSeen(element: Element, then: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      // 0.49, for browsers round
      if (!entries.some(({ intersectionRatio }) => intersectionRatio > 0.49)) return
      observer.disconnect()
      then()
    },
    { threshold: 0.5 },
  )
  observer.observe(element)
  return () => observer.disconnect()
}

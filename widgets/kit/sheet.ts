/**
 * A style sheet that no Content-Security-Policy holds back: made by script, it is neither an element nor an attribute.
 * What a browser without them does: it throws, and nothing is drawn.
 */
export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return sheet
}

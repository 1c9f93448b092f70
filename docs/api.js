// The API's page: shows the routes that have all the words looked for. Without it, the page is whole.
const form = document.querySelector('form[role=search]')
const find = document.querySelector('#find')
const nothing = document.querySelector('#nothing')
const routes = [...document.querySelectorAll('section.route')].map((section) => ({
  section,
  link: document.querySelector(`[data-of="${section.id}"]`),
  text: section.textContent.toLowerCase(),
}))

form.hidden = false
form.addEventListener('submit', (event) => event.preventDefault())
find.addEventListener('input', show)
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target === find) return
  event.preventDefault()
  find.focus()
})
show()

function show() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean)
  let found = 0
  for (const { section, link, text } of routes) {
    const isFound = words.every((word) => text.includes(word))
    section.hidden = !isFound
    link.hidden = !isFound
    found += Number(isFound)
  }
  for (const topic of document.querySelectorAll('.topic')) {
    const all = topic.querySelectorAll('section.route')
    topic.hidden = all.length > 0 && [...all].every((one) => one.hidden)
  }
  nothing.hidden = found > 0
}

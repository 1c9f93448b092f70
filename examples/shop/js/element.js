const SVG = 'http://www.w3.org/2000/svg'

/** An element with attributes and children; text stays text, and what is `undefined`, `null` or `false` is left out. */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (isThere(value)) element.setAttribute(name, value)
  }
  element.append(...children.flat(Infinity).filter(isThere))
  return element
}

const isThere = (value) => value !== undefined && value !== null && value !== false

const ICONS = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 21 21',
  account: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c.6-4 3.6-6 7.5-6s6.900 2 7.500 6',
  cart: 'M3 4h2.500l2.300 11.500h10.400L20.500 8H7M9.500 20h.010M16.500 20h.010',
  truck: 'M2.500 6h11v10h-11ZM13.500 9.500h4l3.500 3.500v3h-7.500M7 18.500h.010M17 18.500h.010',
  hands:
    'M12 20.500s-8-4.700-8-10.500a4.500 4.500 0 0 1 8-2.800A4.500 4.500 0 0 1 20 10c0 5.800-8 10.500-8 10.500Z',
  back: 'M4 12a8 8 0 1 0 2.600-5.900M4 4v4.500h4.500',
  ceiba:
    'M12 21v-9M12 15l-3.500-3M12 14l4-3.500M8 21c2-.5 3-1.500 4-3.500 1 2 2 3 4 3.500M3 10.500C3 6 7 3 12 3s9 3 9 7.500c-2 1.300-4 .8-5-.5-1 1.500-3 1.500-4 0-1 1.500-3 1.500-4 0-1 1.300-3 1.800-5 .5Z',
}

/** A drawing in the colour of the text beside it, which says what it means. */
export function icon(name) {
  const line = document.createElementNS(SVG, 'path')
  line.setAttribute('d', ICONS[name])
  const drawing = document.createElementNS(SVG, 'svg')
  return fill(drawing, { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, [line])
}

import { cartLines, coupon, totals } from './cart.js'
import { t } from './words.js'
import { gp } from './gp.js'

const CURRENCY = 'COP'
const absolute = (address) => new URL(address, document.baseURI).href

/** A product as Segment's specification has it; prices in pesos, addresses in full. */
export const propertiesOf = (product, more = {}) => ({
  product_id: product.id,
  sku: product.id.toUpperCase(),
  name: product.name,
  category: t(`category.${product.category}`),
  brand: product.brand,
  price: product.price,
  currency: CURRENCY,
  url: absolute(product.address),
  image_url: absolute(product.picture),
  region: t(`region.${product.region}`),
  ...more,
})

const listed = (products) =>
  products.slice(0, 24).map((product, at) => propertiesOf(product, { position: at + 1 }))

const ofLine = ({ product, quantity, grind }) =>
  propertiesOf(product, { quantity, ...(grind !== undefined && { variant: grind }) })

export const track = (name, properties) => gp('track', name, properties)

export const tellProductViewed = (product) => track('Product Viewed', propertiesOf(product))

export const tellListViewed = (id, name, products) =>
  track('Product List Viewed', { list_id: id, category: name, products: listed(products) })

export const tellListFiltered = (id, name, products, { filters, sort }) =>
  track('Product List Filtered', {
    list_id: id,
    category: name,
    filters,
    sorts: [{ type: 'order', value: sort }],
    products: listed(products),
  })

export const tellSearched = (query, found) =>
  track('Products Searched', { query, results: found.length })

/** What went in or came out, then the whole cart as it now is. */
export function tellCartChange(line, change) {
  if (change === 0) return
  const name = change > 0 ? 'Product Added' : 'Product Removed'
  void track(name, ofLine({ ...line, quantity: Math.abs(change) }))
  void tellCart()
}

export const tellCart = () => gp('cart', cartProperties())

const cartProperties = () => ({
  currency: CURRENCY,
  value: totals().goods,
  products: cartLines().map(ofLine),
})

export const tellCartViewed = () => track('Cart Viewed', cartProperties())

export const tellCheckoutStarted = () =>
  track('Checkout Started', { ...cartProperties(), ...(coupon() !== '' && { coupon: coupon() }) })

/** What `Order Completed` says of an order that is made of the cart as it stands. */
export function orderProperties(id, delivery) {
  const { goods, discount, shipping, total } = totals(delivery)
  return {
    order_id: id,
    total,
    subtotal: goods - discount,
    revenue: goods - discount,
    discount,
    shipping,
    currency: CURRENCY,
    ...(coupon() !== '' && { coupon: coupon() }),
    products: cartLines().map(ofLine),
  }
}

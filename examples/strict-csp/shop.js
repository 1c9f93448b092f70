// An ordinary shop's script. Everything that concerns Granplaza is a call of `gp` or a push to `dataLayer`.
const product = {
  product_id: 'teapot-02',
  sku: 'HC-TEAPOT-02',
  name: 'Stoneware teapot',
  category: 'Teapots',
  price: 68,
  currency: 'EUR',
}

const byId = (id) => document.getElementById(id)

// Each thing that the policy forbade: this page is right when none is.
let violations = 0
document.addEventListener('securitypolicyviolation', () => {
  violations += 1
  byId('violations').textContent = String(violations)
})

const quantity = () => Math.min(9, Math.max(1, Number(byId('quantity').value) || 1))
const say = (text) => {
  byId('said').textContent = text
}

let inCart = 0

window.gp('track', 'Product Viewed', product)

byId('add').addEventListener('click', () => {
  inCart += quantity()
  byId('cart-count').textContent = String(inCart)
  say('In your cart.')
  window.gp('track', 'Product Added', { ...product, quantity: quantity() })
})

byId('wish').addEventListener('click', () => {
  say('Saved for later.')
  window.gp('track', 'Product Added to Wishlist', product)
})

byId('buy').addEventListener('click', () => {
  const order = `HC-${Date.now()}`
  say(`Thank you! Your order is ${order}. (Nothing was charged: this is an example.)`)
  // As Google Analytics 4 wants it; the tag reads the same list.
  window.dataLayer.push({ ecommerce: null })
  window.dataLayer.push({
    event: 'purchase',
    ecommerce: {
      transaction_id: order,
      value: product.price * quantity(),
      currency: 'EUR',
      items: [
        {
          item_id: product.product_id,
          item_name: product.name,
          price: product.price,
          quantity: quantity(),
        },
      ],
    },
  })
})

// The shop's own banner. Its answer is remembered by the tag; that it was asked, by the page.
const ASKED = 'shop:asked'

function choose(isGranted) {
  byId('banner').hidden = true
  sessionStorage.setItem(ASKED, 'yes')
  window.gp('consent', {
    statistics: isGranted,
    personalisation: isGranted,
    marketing: isGranted,
  })
}

byId('banner').hidden = sessionStorage.getItem(ASKED) === 'yes'
byId('accept').addEventListener('click', () => choose(true))
byId('refuse').addEventListener('click', () => choose(false))
byId('choose').addEventListener('click', () => {
  byId('banner').hidden = false
  byId('refuse').focus()
})

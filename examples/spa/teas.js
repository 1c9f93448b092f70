export const teas = [
  {
    id: 'sencha',
    name: 'Sencha',
    price: 12.5,
    text: 'Steamed green tea from Shizuoka. Fresh grass, a little sea. 70 °C, one minute.',
  },
  {
    id: 'assam',
    name: 'Assam',
    price: 9.9,
    text: 'Black tea from the Brahmaputra. Malt and dark honey. Boiling water, three minutes.',
  },
  {
    id: 'rooibos',
    name: 'Rooibos',
    price: 8,
    text: 'No tea at all, but from the Cederberg, and free of caffeine. As long as you like.',
  },
]

export const teaOf = (id) => teas.find((tea) => tea.id === id)

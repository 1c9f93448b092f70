export const home = [
  {
    id: 'vela-de-cera',
    price: 42900,
    region: 'bogota',
    brand: 'Luz Mansa',
    es: {
      name: 'Vela de cera y eucalipto',
      text: 'Cera de abejas y soya, cuarenta horas de luz y olor a bosque después de la lluvia.',
      size: '220 g; 40 horas',
    },
    en: {
      name: 'Beeswax and eucalyptus candle',
      text: 'Beeswax and soy, forty hours of light and the smell of a forest after rain.',
      size: '220 g; 40 hours',
    },
  },
  {
    id: 'jabones-de-planta',
    price: 27900,
    region: 'antioquia',
    brand: 'Luz Mansa',
    es: {
      name: 'Jabones de planta, trío',
      text: 'Café, arcilla rosa y limonaria. Sin palma y sin plástico.',
      size: '3 × 100 g',
    },
    en: {
      name: 'Plant soaps, set of three',
      text: 'Coffee, pink clay and lemongrass. No palm oil, no plastic.',
      size: '3 × 100 g',
    },
  },
  {
    id: 'matera-de-barro',
    price: 49900,
    region: 'boyaca',
    brand: 'Taller Arcilla',
    es: {
      name: 'Matera de Ráquira',
      text: 'Barro que respira, con plato. La planta no viene, pero la recomendamos.',
      size: 'Barro; 22 cm',
    },
    en: {
      name: 'Ráquira planter',
      text: 'Clay that breathes, with a saucer. The plant is not included, but recommended.',
      size: 'Clay; 22 cm',
    },
  },
  {
    id: 'florero-barro-negro',
    price: 78900,
    region: 'tolima',
    brand: 'Alfareras de La Chamba',
    isFavourite: true,
    es: {
      name: 'Florero de barro negro',
      text: 'Boca estrecha para que las flores se abran solas. Bruñido, sin esmalte.',
      size: 'Barro negro; 24 cm',
    },
    en: {
      name: 'Black clay vase',
      text: 'A narrow neck, so that flowers arrange themselves. Burnished, without glaze.',
      size: 'Black clay; 24 cm',
    },
  },
  {
    id: 'butaca-tallada',
    price: 269900,
    region: 'choco',
    brand: 'Manos Wounaan',
    es: {
      name: 'Butaca tallada',
      text: 'De una sola pieza de cedro, con un borde pintado a mano. Para sentarse o para los libros.',
      size: 'Cedro; 42 cm de alto',
    },
    en: {
      name: 'Carved stool',
      text: 'From a single piece of cedar, its rim painted by hand. To sit on, or for books.',
      size: 'Cedar; 42 cm tall',
    },
  },
  {
    id: 'espejo-de-sol',
    price: 164900,
    was: 189900,
    region: 'narino',
    brand: 'Tejidos Sandoná',
    es: {
      name: 'Espejo de sol',
      text: 'Rayos de iraca tejida alrededor de un espejo. Una ventana más.',
      size: 'Iraca y vidrio; 60 cm',
    },
    en: {
      name: 'Sun mirror',
      text: 'Rays of woven iraca around a mirror. One more window.',
      size: 'Iraca palm and glass; 60 cm',
    },
  },
  {
    id: 'tucan-tallado',
    price: 64900,
    region: 'choco',
    brand: 'Manos Wounaan',
    es: {
      name: 'Tucán tallado',
      text: 'Balso tallado y pintado a pincel. Vigila la cocina sin hacer ruido.',
      size: 'Balso; 21 cm',
    },
    en: {
      name: 'Carved toucan',
      text: 'Balsa, carved and painted by brush. Watches over the kitchen without a sound.',
      size: 'Balsa; 21 cm',
    },
  },
  {
    id: 'matera-colgante',
    price: 69900,
    region: 'boyaca',
    brand: 'Taller Arcilla',
    es: {
      name: 'Matera colgante',
      text: 'Macramé de algodón y cuenco de gres, para la planta que quiere bajar.',
      size: 'Algodón y gres; 18 cm',
    },
    en: {
      name: 'Hanging planter',
      text: 'Cotton macramé and a stoneware bowl, for the plant that wants to climb down.',
      size: 'Cotton and stoneware; 18 cm',
    },
  },
]

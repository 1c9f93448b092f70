export const textiles = [
  {
    id: 'mochila-wayuu',
    price: 219900,
    region: 'guajira',
    brand: 'Tejedoras de Uribia',
    isFavourite: true,
    es: {
      name: 'Mochila wayuu',
      text: 'Veinte días de crochet, un solo hilo y un diseño que la tejedora nunca repite.',
      size: 'Algodón; 28 × 32 cm',
    },
    en: {
      name: 'Wayuu bag',
      text: 'Twenty days of crochet, a single thread and a pattern its maker never repeats.',
      size: 'Cotton; 28 × 32 cm',
    },
  },
  {
    id: 'mochila-arhuaca',
    price: 249900,
    region: 'magdalena',
    brand: 'Tejedoras de Nabusímake',
    es: {
      name: 'Mochila arhuaca',
      text: 'Lana de oveja sin teñir, hilada con huso. Los dibujos son el pensamiento de quien la teje.',
      size: 'Lana; 26 × 34 cm',
    },
    en: {
      name: 'Arhuaco bag',
      text: 'Undyed sheep’s wool spun on a spindle. Its drawings are the thoughts of its weaver.',
      size: 'Wool; 26 × 34 cm',
    },
  },
  {
    id: 'hamaca-san-jacinto',
    price: 289900,
    was: 339900,
    region: 'bolivar',
    brand: 'Tejedoras de San Jacinto',
    isFavourite: true,
    es: {
      name: 'Hamaca de San Jacinto',
      text: 'En telar vertical, a siete colores. Cabe una siesta para dos.',
      size: 'Algodón; 2,20 × 1,60 m',
    },
    en: {
      name: 'San Jacinto hammock',
      text: 'From a vertical loom, in seven colours. Holds a siesta for two.',
      size: 'Cotton; 2.20 × 1.60 m',
    },
  },
  {
    id: 'ruana-de-lana',
    price: 259900,
    region: 'boyaca',
    brand: 'Telares de Nobsa',
    es: {
      name: 'Ruana de Nobsa',
      text: 'Lana virgen batanada que no deja pasar el viento. Para la finca y para la ciudad.',
      size: 'Lana; talla única',
    },
    en: {
      name: 'Nobsa ruana',
      text: 'Fulled virgin wool that no wind gets through. For the farm and for the city.',
      size: 'Wool; one size',
    },
  },
  {
    id: 'cojin-bordado',
    price: 89900,
    region: 'bolivar',
    brand: 'Tejedoras de San Jacinto',
    es: {
      name: 'Cojín de rombos',
      text: 'Tejido en telar y cerrado con borlas. La funda se quita y se lava.',
      size: 'Algodón; 45 × 45 cm',
    },
    en: {
      name: 'Diamond cushion',
      text: 'Loom-woven and finished with pompoms. The cover comes off and can be washed.',
      size: 'Cotton; 45 × 45 cm',
    },
  },
  {
    id: 'manta-de-lana',
    price: 199900,
    region: 'boyaca',
    brand: 'Telares de Nobsa',
    es: {
      name: 'Manta escocesa de Nobsa',
      text: 'Gruesa y suave, para el sofá o el pie de la cama.',
      size: 'Lana; 1,30 × 1,80 m',
    },
    en: {
      name: 'Nobsa plaid blanket',
      text: 'Thick and soft, for the sofa or the foot of the bed.',
      size: 'Wool; 1.30 × 1.80 m',
    },
  },
  {
    id: 'camino-de-mesa',
    price: 74900,
    region: 'guajira',
    brand: 'Tejedoras de Uribia',
    es: {
      name: 'Camino de mesa bordado',
      text: 'Lino crudo con bordes de telar. Viste la mesa sin taparla.',
      size: 'Lino; 40 × 180 cm',
    },
    en: {
      name: 'Embroidered table runner',
      text: 'Raw linen with woven borders. Dresses the table without hiding it.',
      size: 'Linen; 40 × 180 cm',
    },
  },
  {
    id: 'panos-de-cocina',
    price: 44900,
    region: 'boyaca',
    brand: 'Telares de Nobsa',
    es: {
      name: 'Paños de cocina, juego de tres',
      text: 'Algodón que seca a la primera y mejora con cada lavada.',
      size: 'Algodón; 50 × 70 cm',
    },
    en: {
      name: 'Tea towels, set of three',
      text: 'Cotton that dries at the first wipe and gets better with every wash.',
      size: 'Cotton; 50 × 70 cm',
    },
  },
]

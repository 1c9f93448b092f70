export const table = [
  {
    id: 'olla-la-chamba',
    price: 139900,
    region: 'tolima',
    brand: 'Alfareras de La Chamba',
    isFavourite: true,
    es: {
      name: 'Olla de barro La Chamba',
      text: 'Barro negro bruñido con piedra, como hace trescientos años. Del fogón al horno y a la mesa.',
      size: 'Barro negro; 4 litros',
    },
    en: {
      name: 'La Chamba clay pot',
      text: 'Black clay burnished with a stone, as three hundred years ago. From stove to oven to table.',
      size: 'Black clay; 4 litres',
    },
  },
  {
    id: 'mug-raquira',
    price: 34900,
    region: 'boyaca',
    brand: 'Taller Arcilla',
    es: {
      name: 'Mug de Ráquira',
      text: 'Torneado a mano, con un esmalte que chorrea distinto en cada uno.',
      size: 'Gres; 320 ml',
    },
    en: {
      name: 'Ráquira mug',
      text: 'Thrown by hand, with a glaze that runs differently on each one.',
      size: 'Stoneware; 320 ml',
    },
  },
  {
    id: 'pocillo-peltre',
    price: 24900,
    region: 'antioquia',
    brand: 'Casa Ceiba',
    es: {
      name: 'Pocillo de peltre',
      text: 'El de las fincas y los paseos: liviano, irrompible y salpicado de blanco.',
      size: 'Acero esmaltado; 350 ml',
    },
    en: {
      name: 'Enamel mug',
      text: 'The one of farms and outings: light, unbreakable and flecked with white.',
      size: 'Enamelled steel; 350 ml',
    },
  },
  {
    id: 'platos-carmen-de-viboral',
    price: 159900,
    region: 'antioquia',
    brand: 'El Carmen',
    isFavourite: true,
    es: {
      name: 'Platos de El Carmen, juego de cuatro',
      text: 'Pintados a pincel en El Carmen de Viboral, flor por flor. Ninguno es igual a otro.',
      size: 'Loza; 26 cm',
    },
    en: {
      name: 'El Carmen plates, set of four',
      text: 'Painted by brush in El Carmen de Viboral, flower by flower. No two are alike.',
      size: 'Earthenware; 26 cm',
    },
  },
  {
    id: 'jarra-azul',
    price: 72900,
    region: 'antioquia',
    brand: 'El Carmen',
    es: {
      name: 'Jarra azul',
      text: 'Para limonada, jugo de lulo o un ramo de margaritas.',
      size: 'Loza; 1,5 litros',
    },
    en: {
      name: 'Blue jug',
      text: 'For lemonade, lulo juice or a bunch of daisies.',
      size: 'Earthenware; 1.5 litres',
    },
  },
  {
    id: 'tabla-nogal',
    price: 68900,
    region: 'antioquia',
    brand: 'Taller Nogal',
    es: {
      name: 'Tabla de nogal',
      text: 'De un solo tronco, aceitada con cera de abejas. Para cortar por un lado y servir por el otro.',
      size: 'Nogal; 42 × 24 cm',
    },
    en: {
      name: 'Walnut board',
      text: 'From a single trunk, oiled with beeswax. Cut on one side, serve on the other.',
      size: 'Walnut; 42 × 24 cm',
    },
  },
  {
    id: 'cucharas-de-palo',
    price: 39900,
    region: 'boyaca',
    brand: 'Taller Nogal',
    es: {
      name: 'Cucharas de palo con vasija',
      text: 'Tres cucharas talladas en naranjo y urapán, y la vasija donde viven.',
      size: 'Madera y loza; 3 piezas',
    },
    en: {
      name: 'Wooden spoons and crock',
      text: 'Three spoons carved from orange and ash wood, and the crock they live in.',
      size: 'Wood and earthenware; 3 pieces',
    },
  },
  {
    id: 'vasos-soplados',
    price: 84900,
    was: 99900,
    region: 'bogota',
    brand: 'Vidrio Vivo',
    es: {
      name: 'Vasos soplados, juego de tres',
      text: 'Vidrio reciclado, soplado a pulso. Las burbujas se quedan.',
      size: 'Vidrio; 350 ml',
    },
    en: {
      name: 'Blown glasses, set of three',
      text: 'Recycled glass, blown freehand. The bubbles stay.',
      size: 'Glass; 350 ml',
    },
  },
  {
    id: 'cuencos-pintados',
    price: 96900,
    region: 'boyaca',
    brand: 'Taller Arcilla',
    es: {
      name: 'Cuencos pintados, juego de tres',
      text: 'Uno dentro de otro: caldo, ensalada y ají.',
      size: 'Gres; 12, 16 y 20 cm',
    },
    en: {
      name: 'Painted bowls, set of three',
      text: 'One inside the other: broth, salad and chilli sauce.',
      size: 'Stoneware; 12, 16 and 20 cm',
    },
  },
]

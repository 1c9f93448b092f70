export const brewing = [
  {
    id: 'v60-ceramica',
    price: 89900,
    region: 'boyaca',
    brand: 'Taller Arcilla',
    isFavourite: true,
    es: {
      name: 'Cafetera de goteo en cerámica',
      text: 'El embudo es de gres y conserva el calor; la jarra es de vidrio soplado con cintura de nogal.',
      size: 'Gres, vidrio y nogal; 600 ml',
    },
    en: {
      name: 'Ceramic pour-over set',
      text: 'The cone is stoneware and holds its heat; the server is blown glass with a walnut collar.',
      size: 'Stoneware, glass, walnut; 600 ml',
    },
  },
  {
    id: 'prensa-francesa',
    price: 119900,
    region: 'antioquia',
    brand: 'Casa Ceiba',
    es: {
      name: 'Prensa francesa',
      text: 'Doble malla de acero para una taza con cuerpo y sin sedimentos. Cuatro minutos, y listo.',
      size: 'Vidrio y acero; 1 litro',
    },
    en: {
      name: 'French press',
      text: 'A double steel mesh for a full-bodied cup without grounds. Four minutes and it is done.',
      size: 'Glass and steel; 1 litre',
    },
  },
  {
    id: 'greca-moka',
    price: 79900,
    was: 99900,
    region: 'antioquia',
    brand: 'Casa Ceiba',
    isFavourite: true,
    es: {
      name: 'Greca para seis tintos',
      text: 'La de la cocina de la abuela, en acero que sirve también para inducción.',
      size: 'Acero; 300 ml',
    },
    en: {
      name: 'Moka pot for six',
      text: 'The one from grandmother’s kitchen, in steel that also works on induction.',
      size: 'Steel; 300 ml',
    },
  },
  {
    id: 'molino-manual',
    price: 134900,
    region: 'antioquia',
    brand: 'Taller Nogal',
    es: {
      name: 'Molino manual de nogal',
      text: 'Muelas cónicas de acero y cajón de nogal. Dieciocho ajustes, del espresso a la prensa.',
      size: 'Nogal y latón; 40 g',
    },
    en: {
      name: 'Walnut hand mill',
      text: 'Conical steel burrs and a walnut drawer. Eighteen settings, from espresso to press.',
      size: 'Walnut and brass; 40 g',
    },
  },
  {
    id: 'tetera-cuello-de-ganso',
    price: 149900,
    region: 'antioquia',
    brand: 'Casa Ceiba',
    es: {
      name: 'Tetera cuello de ganso',
      text: 'Un chorro fino y lento, donde uno lo quiere. Esmalte verde por fuera, acero por dentro.',
      size: 'Acero esmaltado; 900 ml',
    },
    en: {
      name: 'Gooseneck kettle',
      text: 'A thin, slow stream exactly where you want it. Green enamel outside, steel inside.',
      size: 'Enamelled steel; 900 ml',
    },
  },
  {
    id: 'colador-de-tela',
    price: 36900,
    region: 'caldas',
    brand: 'Taller Nogal',
    es: {
      name: 'Colador de tela con base',
      text: 'Como en las fincas: tela de algodón, aro de alambre y una base de madera para la taza.',
      size: 'Algodón y pino; 32 cm de alto',
    },
    en: {
      name: 'Cloth filter and stand',
      text: 'As on the farms: a cotton sock, a wire ring and a wooden stand for the cup.',
      size: 'Cotton and pine; 32 cm tall',
    },
  },
  {
    id: 'balanza-barista',
    price: 129900,
    region: 'antioquia',
    brand: 'Casa Ceiba',
    es: {
      name: 'Balanza con cronómetro',
      text: 'Gramos con un decimal y cronómetro que arranca con la primera gota. Se carga por USB-C.',
      size: 'Hasta 2 kg; 0,1 g',
    },
    en: {
      name: 'Scale with timer',
      text: 'Grams to one decimal, and a timer that starts with the first drop. Charges by USB-C.',
      size: 'Up to 2 kg; 0.1 g',
    },
  },
  {
    id: 'termo-montana',
    price: 94900,
    region: 'antioquia',
    brand: 'Casa Ceiba',
    es: {
      name: 'Termo Montaña',
      text: 'Doce horas caliente, veinticuatro frío. La tapa es taza.',
      size: 'Acero; 750 ml',
    },
    en: {
      name: 'Mountain flask',
      text: 'Twelve hours hot, twenty-four cold. The lid is a cup.',
      size: 'Steel; 750 ml',
    },
  },
]

export const basketry = [
  {
    id: 'jarron-werregue',
    price: 329900,
    region: 'choco',
    brand: 'Manos Wounaan',
    isFavourite: true,
    es: {
      name: 'Jarrón de werregue',
      text: 'Palma tan cerrada que puede llevar agua. Un mes de trabajo de una artesana wounaan.',
      size: 'Palma; 30 cm de alto',
    },
    en: {
      name: 'Werregue vase',
      text: 'Palm so tightly woven that it can hold water. A month’s work of a Wounaan artisan.',
      size: 'Palm; 30 cm tall',
    },
  },
  {
    id: 'cesto-iraca',
    price: 124900,
    region: 'narino',
    brand: 'Tejidos Sandoná',
    es: {
      name: 'Cesto de iraca con tapa',
      text: 'Para el pan, los hilos o los secretos. Teñido con plantas.',
      size: 'Iraca; 28 × 26 cm',
    },
    en: {
      name: 'Iraca basket with lid',
      text: 'For bread, for thread or for secrets. Dyed with plants.',
      size: 'Iraca palm; 28 × 26 cm',
    },
  },
  {
    id: 'frutero-cana-flecha',
    price: 79900,
    region: 'cordoba',
    brand: 'Resguardo de Tuchín',
    es: {
      name: 'Frutero de caña flecha',
      text: 'Trenzado zenú sobre un alma firme. La fruta respira y dura más.',
      size: 'Caña flecha; 34 cm',
    },
    en: {
      name: 'Cane fruit bowl',
      text: 'Zenú braid on a firm core. Fruit can breathe and lasts longer.',
      size: 'Arrow cane; 34 cm',
    },
  },
  {
    id: 'sombrero-vueltiao',
    price: 189900,
    was: 219900,
    region: 'cordoba',
    brand: 'Resguardo de Tuchín',
    isFavourite: true,
    es: {
      name: 'Sombrero vueltiao',
      text: 'Diecinueve vueltas de trenza fina. Se dobla, se guarda y vuelve a su forma.',
      size: 'Caña flecha; tallas 56 a 60',
    },
    en: {
      name: 'Vueltiao hat',
      text: 'Nineteen turns of fine braid. Fold it, pack it, and it returns to its shape.',
      size: 'Arrow cane; sizes 56 to 60',
    },
  },
  {
    id: 'lampara-bejuco',
    price: 174900,
    region: 'choco',
    brand: 'Manos Wounaan',
    es: {
      name: 'Lámpara de bejuco',
      text: 'Luz tibia y sombras tejidas. Viene con cable y roseta.',
      size: 'Bejuco; 40 cm',
    },
    en: {
      name: 'Vine lampshade',
      text: 'Warm light and woven shadows. Comes with cord and ceiling rose.',
      size: 'Vine; 40 cm',
    },
  },
  {
    id: 'bandeja-guacamayas',
    price: 109900,
    region: 'boyaca',
    brand: 'Esparto de Guacamayas',
    es: {
      name: 'Bandeja de Guacamayas',
      text: 'Rollo de paja cosido con fique en espiral, desde el centro hacia afuera.',
      size: 'Paja y fique; 38 cm',
    },
    en: {
      name: 'Guacamayas tray',
      text: 'A coil of straw stitched with fique, from the centre outwards.',
      size: 'Straw and fique; 38 cm',
    },
  },
  {
    id: 'individuales-de-iraca',
    price: 94900,
    region: 'narino',
    brand: 'Tejidos Sandoná',
    es: {
      name: 'Individuales, juego de seis',
      text: 'Seis redondos en tres colores, que se limpian con un paño húmedo.',
      size: 'Iraca; 36 cm',
    },
    en: {
      name: 'Placemats, set of six',
      text: 'Six rounds in three colours, wiped clean with a damp cloth.',
      size: 'Iraca palm; 36 cm',
    },
  },
  {
    id: 'canasto-de-mercado',
    price: 119900,
    region: 'cordoba',
    brand: 'Resguardo de Tuchín',
    es: {
      name: 'Canasto de mercado',
      text: 'Aguanta ocho kilos de plaza, y queda bien vacío.',
      size: 'Palma; 38 × 30 cm',
    },
    en: {
      name: 'Market basket',
      text: 'Carries eight kilos from the market, and looks good empty.',
      size: 'Palm; 38 × 30 cm',
    },
  },
]

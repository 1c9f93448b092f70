import type { ImportField } from './imports/import-kind.ts'

/** What a column of a file may be taken for; the names are those of our own files, Google's, and shop systems'. */
export const PRODUCT_FIELDS: readonly ImportField[] = [
  {
    name: 'id',
    spelling: /^(product[\s_-]*id|item[\s_-]*id|handle|identifier|artikelnummer|c[oó]digo)$/i,
  },
  { name: 'sku', spelling: /^(variant[\s_-]*sku|stock[\s_-]*keeping[\s_-]*unit|referencia|ref)$/i },
  {
    name: 'name',
    spelling: /^(title|product[\s_-]*name|product|nombre|t[ií]tulo|bezeichnung|titre)$/i,
  },
  {
    name: 'description',
    spelling: /^(body(\s*\(html\))?|descripci[oó]n|beschreibung|long[\s_-]*description)$/i,
  },
  { name: 'url', spelling: /^(link|product[\s_-]*url|permalink|enlace|page)$/i },
  {
    name: 'imageUrl',
    spelling: /^(image|images|image[\s_-]*(link|src|url)s?|imagen|imágenes|bild)$/i,
  },
  { name: 'moreImageUrls', spelling: /^additional[\s_-]*image[\s_-]*links?$/i },
  {
    name: 'price',
    spelling: /^(regular[\s_-]*price|variant[\s_-]*price|unit[\s_-]*price|precio|preis|prix)$/i,
  },
  {
    name: 'salePrice',
    spelling:
      /^(sale[\s_-]*price|special[\s_-]*price|offer[\s_-]*price|precio[\s_-]*(de[\s_-]*)?oferta)$/i,
  },
  {
    name: 'compareAtPrice',
    spelling:
      /^((variant[\s_-]*)?compare[\s_-]*at[\s_-]*price|list[\s_-]*price|old[\s_-]*price|was)$/i,
  },
  { name: 'currency', spelling: /^(currency[\s_-]*code|moneda|währung)$/i },
  {
    name: 'category',
    spelling:
      /^(categories|product[\s_-]*(type|category)|google[\s_-]*product[\s_-]*category|categor[ií]as?|kategorie)$/i,
  },
  { name: 'brand', spelling: /^(vendor|manufacturer|marca|marke|hersteller)$/i },
  { name: 'tags', spelling: /^(tag|labels?|etiquetas?)$/i },
  {
    name: 'stock',
    spelling:
      /^(quantity|qty|inventory([\s_-]*(quantity|qty))?|variant[\s_-]*inventory[\s_-]*qty|availability|existencias|bestand)$/i,
  },
  { name: 'state', spelling: /^(status|published|visible|visibility|estado|activo)$/i },
  // Of files with an object of JSON a line.
  { name: 'attributes', spelling: /^attributes$/ },
  { name: 'variants', spelling: /^variants$/ },
  { name: 'translations', spelling: /^translations$/ },
]

import type { FileMapping } from '#protocol/imports.ts'

/** What Google Merchant's feeds tell of a product, and which field it is. https://support.google.com/merchants/answer/7052112 */
const FIELDS: Readonly<Record<string, string>> = {
  id: 'id',
  title: 'name',
  description: 'description',
  link: 'url',
  image_link: 'imageUrl',
  additional_image_link: 'moreImageUrls',
  price: 'price',
  sale_price: 'salePrice',
  product_type: 'category',
  brand: 'brand',
  availability: 'stock',
}

const ATTRIBUTES =
  'color size material pattern gender age_group condition gtin mpn item_group_id google_product_category'.split(
    ' ',
  )

/** All of an item that is read; whatever else it says is left out. */
export const FEED_COLUMNS: readonly string[] = [...Object.keys(FIELDS), ...ATTRIBUTES]

export const FEED_MAPPING: FileMapping = {
  fields: Object.fromEntries(Object.entries(FIELDS).map(([column, field]) => [field, column])),
  attributes: ATTRIBUTES.map((column) => ({ name: column, column, type: 'text' })),
  decimal: '.',
}

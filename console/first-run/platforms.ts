import type { MessageKey } from '../messages/en.ts'

/** Where a shop may run, and how the tag gets onto its pages there. */
export interface Platform {
  readonly key: string
  readonly name: string
  /** `script`: attributes of a script element would be lost. */
  readonly form: 'tag' | 'script'
  readonly steps: readonly MessageKey[]
  /** What this platform, or one of its plans, does not allow. */
  readonly limit?: MessageKey
}

export const PLATFORMS = [
  {
    key: 'html',
    name: 'HTML',
    form: 'tag',
    steps: ['install.html.1', 'install.html.2', 'install.html.3'],
  },
  {
    key: 'gtm',
    name: 'Google Tag Manager',
    form: 'script',
    steps: ['install.gtm.1', 'install.gtm.2', 'install.gtm.3', 'install.gtm.4'],
    limit: 'install.gtm.limit',
  },
  {
    key: 'shopify',
    name: 'Shopify',
    form: 'tag',
    steps: ['install.shopify.1', 'install.shopify.2', 'install.shopify.3'],
    limit: 'install.shopify.limit',
  },
  {
    key: 'woocommerce',
    name: 'WooCommerce',
    form: 'tag',
    steps: ['install.woocommerce.1', 'install.woocommerce.2', 'install.woocommerce.3'],
    limit: 'install.woocommerce.limit',
  },
  {
    key: 'tiendanube',
    name: 'Tiendanube',
    form: 'tag',
    steps: ['install.tiendanube.1', 'install.tiendanube.2', 'install.tiendanube.3'],
    limit: 'install.tiendanube.limit',
  },
  {
    key: 'jumpseller',
    name: 'Jumpseller',
    form: 'tag',
    steps: ['install.jumpseller.1', 'install.jumpseller.2', 'install.jumpseller.3'],
    limit: 'install.jumpseller.limit',
  },
  {
    key: 'vtex',
    name: 'VTEX',
    form: 'script',
    steps: ['install.vtex.1', 'install.vtex.2', 'install.vtex.3'],
    limit: 'install.vtex.limit',
  },
  {
    key: 'magento',
    name: 'Magento',
    form: 'tag',
    steps: ['install.magento.1', 'install.magento.2', 'install.magento.3'],
    limit: 'install.magento.limit',
  },
] as const satisfies readonly Platform[]

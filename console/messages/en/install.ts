import type { Texts } from '../texts.ts'

/** How the snippet gets onto the pages of a shop, by what the shop runs on. */
export const install = {
  'install.html.1':
    'Open the file that holds the head of your pages: a layout, a header or each page.',
  'install.html.2': 'Paste the snippet right before </head>.',
  'install.html.3': 'Publish the pages.',

  'install.gtm.1': 'Open your container, then Tags → New → Tag Configuration → Custom HTML.',
  'install.gtm.2':
    'Paste the snippet. It is written as a script, as Google Tag Manager drops attributes that it does not know.',
  'install.gtm.3': 'Under Triggering choose Initialization – All Pages, and save.',
  'install.gtm.4': 'Submit → Publish.',
  'install.gtm.limit':
    'Visitors who block Google Tag Manager are not seen. Where you can, put the snippet into the pages themselves.',

  'install.shopify.1': 'In the admin: Online Store → Themes → ⋯ → Edit code.',
  'install.shopify.2': 'Open layout/theme.liquid and paste the snippet right before </head>.',
  'install.shopify.3': 'Save. With another theme, do it again there.',
  'install.shopify.limit':
    'Checkout and thank-you page are not part of the theme, on any plan: send orders by the API or import them.',

  'install.woocommerce.1': 'In WordPress: Plugins → Add New, and install WPCode (free).',
  'install.woocommerce.2':
    'Code Snippets → Header & Footer: paste the snippet under Header, and save.',
  'install.woocommerce.3':
    'Clear the cache of your caching plugin, and leave gp.js out of “delay JavaScript”.',
  'install.woocommerce.limit':
    'On WordPress.com it takes a plan that allows plugins. With a classic theme you can paste it into header.php instead.',

  'install.tiendanube.1': 'In the admin: Configuración → Códigos externos.',
  'install.tiendanube.2': 'Paste the snippet among the tracking codes (códigos de seguimiento).',
  'install.tiendanube.3': 'Save, and open the shop in another tab.',
  'install.tiendanube.limit':
    'Checkout is Tiendanube’s own, without external codes but for conversions: send orders by the API or import them.',

  'install.jumpseller.1': 'In the admin: Themes → Code editor (Edit code).',
  'install.jumpseller.2': 'Open the Layout template and paste the snippet right before </head>.',
  'install.jumpseller.3': 'Save and publish the theme. With another theme, do it again there.',
  'install.jumpseller.limit':
    'Changed code is yours to carry along when the theme is updated. Checkout may be a layout of its own.',

  'install.vtex.1':
    'Store Framework takes no scripts of its own: in the admin install the app Google Tag Manager, and give it the id of your container.',
  'install.vtex.2':
    'In Google Tag Manager: Tags → New → Custom HTML, paste the snippet, trigger All Pages, publish.',
  'install.vtex.3':
    'With the older CMS instead: CMS → Layout → HTML Templates, and paste it right before </head> of each template.',
  'install.vtex.limit':
    'Checkout has its own place: Store Settings → Checkout → Code → checkout6-custom.js, without the script element around it.',

  'install.magento.1': 'In the admin: Content → Design → Configuration → Edit, at your store view.',
  'install.magento.2': 'HTML Head → Scripts and Style Sheets: paste the snippet, and save.',
  'install.magento.3': 'System → Cache Management: flush the cache.',
  'install.magento.limit':
    'From 2.4.7 on, checkout has a strict Content-Security-Policy: your developer must add this server to csp_whitelist.xml.',
} as const satisfies Texts

import type { install as original } from '../en/install.ts'
import type { Translated } from '../texts.ts'

export const install: Translated<typeof original> = {
  'install.html.1':
    'Abre el archivo con la cabecera de tus páginas: una plantilla, un encabezado o cada página.',
  'install.html.2': 'Pega el fragmento justo antes de </head>.',
  'install.html.3': 'Publica las páginas.',

  'install.gtm.1':
    'Abre tu contenedor, luego Etiquetas → Nueva → Configuración de la etiqueta → HTML personalizado.',
  'install.gtm.2':
    'Pega el fragmento. Está escrito como script, porque Google Tag Manager quita los atributos que no conoce.',
  'install.gtm.3': 'En Activación elige Initialization – All Pages, y guarda.',
  'install.gtm.4': 'Enviar → Publicar.',
  'install.gtm.limit':
    'No se ve a quien bloquea Google Tag Manager. Si puedes, pon el fragmento en las páginas mismas.',

  'install.shopify.1': 'En el panel: Tienda online → Temas → ⋯ → Editar código.',
  'install.shopify.2': 'Abre layout/theme.liquid y pega el fragmento justo antes de </head>.',
  'install.shopify.3': 'Guarda. Con otro tema, hazlo de nuevo allí.',
  'install.shopify.limit':
    'El pago y la página de gracias no son parte del tema, en ningún plan: envía los pedidos por la API o impórtalos.',

  'install.woocommerce.1': 'En WordPress: Plugins → Añadir nuevo, e instala WPCode (gratis).',
  'install.woocommerce.2':
    'Code Snippets → Header & Footer: pega el fragmento en Header, y guarda.',
  'install.woocommerce.3':
    'Vacía la caché de tu plugin de caché, y deja gp.js fuera de «retrasar JavaScript».',
  'install.woocommerce.limit':
    'En WordPress.com hace falta un plan que permita plugins. Con un tema clásico puedes pegarlo en header.php.',

  'install.tiendanube.1': 'En el administrador: Configuración → Códigos externos.',
  'install.tiendanube.2': 'Pega el fragmento entre los códigos de seguimiento.',
  'install.tiendanube.3': 'Guarda, y abre la tienda en otra pestaña.',
  'install.tiendanube.limit':
    'El pago es de Tiendanube, sin códigos externos salvo los de conversión: envía los pedidos por la API o impórtalos.',

  'install.jumpseller.1': 'En el panel: Temas → Editor de código (Editar código).',
  'install.jumpseller.2': 'Abre la plantilla Layout y pega el fragmento justo antes de </head>.',
  'install.jumpseller.3': 'Guarda y publica el tema. Con otro tema, hazlo de nuevo allí.',
  'install.jumpseller.limit':
    'El código cambiado hay que llevarlo contigo cuando el tema se actualiza. El pago puede tener su propio layout.',

  'install.vtex.1':
    'Store Framework no admite scripts propios: en el admin instala la aplicación Google Tag Manager, y dale el id de tu contenedor.',
  'install.vtex.2':
    'En Google Tag Manager: Etiquetas → Nueva → HTML personalizado, pega el fragmento, activador All Pages, y publica.',
  'install.vtex.3':
    'Con el CMS anterior: CMS → Layout → HTML Templates, y pégalo justo antes de </head> de cada plantilla.',
  'install.vtex.limit':
    'El pago tiene su propio lugar: Configuración de la tienda → Checkout → Código → checkout6-custom.js, sin el elemento script alrededor.',

  'install.magento.1':
    'En el panel: Contenido → Diseño → Configuración → Editar, en tu vista de tienda.',
  'install.magento.2': 'HTML Head → Scripts and Style Sheets: pega el fragmento, y guarda.',
  'install.magento.3': 'Sistema → Gestión de caché: vacía la caché.',
  'install.magento.limit':
    'Desde la 2.4.7, el pago tiene una Content-Security-Policy estricta: tu desarrollador debe añadir este servidor a csp_whitelist.xml.',
}

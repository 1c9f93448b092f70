import type { firstRun as original } from '../en/first-run.ts'
import type { Translated } from '../texts.ts'

export const firstRun: Translated<typeof original> = {
  'nav.first_run': 'Primeros pasos',
  'first_run.title': 'Preparar {shop}',
  'first_run.intro':
    'Cuatro pasos, en el orden que quieras. Puedes salir y volver: lo hecho queda hecho.',
  'first_run.steps': 'Pasos',
  'first_run.is_done': 'hecho',
  'first_run.skip': 'Saltar por ahora',
  'first_run.next': 'Continuar',
  'first_run.save': 'Guardar y continuar',

  'first_run.shop': 'Tu tienda',
  'first_run.shop.title': '¿Cómo se llama tu tienda?',
  'first_run.shop.text':
    'Tus clientes y miembros ven el nombre. Todo esto se puede cambiar después.',
  'first_run.shop.name': 'Nombre de la tienda',
  'first_run.shop.name_missing': 'Escribe cómo se llama la tienda.',
  'first_run.shop.currency': 'Moneda',
  'first_run.shop.currency.hint': 'De los precios y pedidos que no nombran ninguna.',
  'first_run.shop.zone': 'Zona horaria',
  'first_run.shop.zone.hint': 'De quién son los días y horas de tus cifras y condiciones.',

  'first_run.new.title': 'Nueva tienda',
  'first_run.new.text':
    'Una tienda aparte en este servidor, con su clave, sus miembros y sus datos. Será tuya.',
  'first_run.new.action': 'Crear tienda',

  'first_run.origin': 'Dirección',
  'first_run.origin.title': '¿Dónde está tu tienda?',
  'first_run.origin.text':
    'Solo las páginas de las direcciones que indiques pueden enviar eventos en nombre de tu tienda. Mientras no haya ninguna, puede cualquier sitio.',
  'first_run.origin.address': 'Dirección de la tienda',
  'first_run.origin.another': 'Otra dirección',
  'first_run.origin.hint': 'Como aparece en el navegador, por ejemplo https://www.mitienda.com',
  'first_run.origin.fault': 'Escribe una dirección como https://www.mitienda.com.',
  'first_run.origin.twin': 'También {origin}',
  'first_run.origin.listed': 'En la lista: {origins}',

  'first_run.snippet': 'El fragmento',
  'first_run.snippet.title': 'Pon el fragmento en tus páginas',
  'first_run.snippet.text':
    'Una línea, la misma en todas las páginas. Carga sin frenar la página y no guarda nada antes del consentimiento.',
  'first_run.snippet.platform': 'Tu tienda usa',
  'first_run.snippet.copy': 'Copiar fragmento',
  'first_run.snippet.how': 'Cómo se hace en {platform}',
  'first_run.snippet.later': 'Hacerlo después',

  'first_run.check.waiting': 'Esperando el primer evento',
  'first_run.check.hint': 'Abre tu tienda en otra pestaña, o recárgala. Aparece aquí al momento.',
  'first_run.check.demo':
    'Hasta ahora solo ha enviado algo la tienda de demostración de este servidor.',
  'first_run.check.arrived': 'Primer evento recibido',
  'first_run.check.long': '¿Aún nada? Casi siempre es una de estas cosas:',
  'first_run.check.reason.page':
    'El fragmento no está en la página que abriste: el cambio no se publicó, o una caché sigue dando la página anterior. Busca «gp.js» en el código fuente de la página.',
  'first_run.check.reason.origin':
    'La página está en otra dirección que las de tu lista, por ejemplo con www. o sin él.',
  'first_run.check.reason.origin.link': 'Ver las direcciones',
  'first_run.check.reason.blocked':
    'Algo en el navegador lo frena: un bloqueador de anuncios o una Content-Security-Policy de la tienda. Prueba una ventana privada sin extensiones.',

  'first_run.experience': 'Primera experiencia',
  'first_run.experience.title': 'Saluda a tus visitantes',
  'first_run.experience.text':
    'Elige un diseño, pon lo tuyo y publícalo. Puedes pausarlo en cualquier momento.',
  'first_run.experience.choose': 'Diseños',
  'first_run.example_item': 'Tetera de cerámica',
  'first_run.wish.heading': 'Qué dice',
  'first_run.wish.heading.hint': 'Si lo dejas así, cada visitante lo lee en su idioma.',
  'first_run.wish.heading.fault': 'Escribe qué debe decir.',
  'first_run.wish.code': 'Código del cupón',
  'first_run.wish.code.hint': 'Créalo antes en tu tienda, por lo que se promete arriba.',
  'first_run.wish.code.fault': 'Escribe el código de un cupón que tu tienda acepte.',
  'first_run.wish.amount': 'El envío es gratis desde ({currency})',
  'first_run.wish.amount.hint': 'Como lo tiene tu tienda, en unidades enteras de tu moneda.',
  'first_run.wish.amount.fault': 'Escribe un importe mayor que cero.',
  'first_run.wish.link': 'Adónde lleva su botón',
  'first_run.wish.link.hint': 'Una ruta de tu tienda, como /cart, o una dirección con https://',
  'first_run.wish.link.fault': 'Escribe una ruta como /cart, o una dirección con https://',
  'first_run.publish': 'Publicar',
  'first_run.save_draft': 'Guardar como borrador',
  'first_run.published': 'Publicada: se muestra desde la próxima página vista',
  'first_run.saved_draft': 'Guardada como borrador',

  'first_run.done.title': 'Tu tienda está lista',
  'first_run.done.text':
    'Mira a tus visitantes mientras llegan, o sigue con el resto de la consola.',
  'first_run.open': 'Abrir {origin}',
  'first_run.unseen': '«{name}» está publicada: ahora mírala en tu página',
  'first_run.unseen.load': 'Está ahí en cuanto carga la página.',
  'first_run.unseen.delay_exit':
    'Espera {seconds} segundos en la página, o lleva el puntero a las pestañas de arriba, como para irte.',
  'first_run.unseen.exit':
    'Lleva el puntero a las pestañas de arriba, como para irte. Los visitantes también deben cumplir su segmentación.',
  'first_run.unseen.other': 'Aparece a quienes, y en el momento, que se ha indicado.',
  'first_run.seen': '«{name}» ya la vio su primer visitante',
  'first_run.results': 'Ver sus resultados',
  'first_run.left.title': 'Falta por hacer',
  'first_run.left.text': 'Puedes hacerlo cuando quieras.',
  'first_run.done.live': 'Ver quién está',
  'first_run.done.home': 'Ir a la consola',

  'template.newsletter-coupon.name': 'Boletín con cupón',
  'template.newsletter-coupon.text':
    'Pide el correo y el consentimiento para novedades, y muestra un cupón al momento.',
  'template.exit-offer.name': 'Oferta de salida',
  'template.exit-offer.text': 'Ofrece un cupón a quien está por irse con el carrito lleno.',
  'template.free-shipping-bar.name': 'Barra de envío gratis',
  'template.free-shipping-bar.text': 'Dice cuánto le falta al carrito para el envío gratis.',
  'template.cart-reminder.name': 'Recordatorio del carrito',
  'template.cart-reminder.text': 'Muestra lo que hay en el carrito a quien está por irse.',
  'template.announcement-bar.name': 'Barra de anuncio',
  'template.announcement-bar.text':
    'Una línea arriba en todas las páginas, con un enlace, hasta que se cierra.',
  'template.product-launch.name': 'Lanzamiento de producto',
  'template.product-launch.text': 'Cuenta una novedad en una esquina, a quien sigue leyendo.',
  'template.survey.name': 'Encuesta',
  'template.survey.text': 'Hace una pregunta después de un pedido, con espacio para comentar.',
  'template.nps.name': '¿Nos recomendarías? (NPS)',
  'template.nps.text': 'Pregunta a los clientes, de 0 a 10, si recomendarían la tienda.',
  'template.cookie-consent.name': 'Consentimiento de cookies',
  'template.cookie-consent.text':
    'Pregunta al pie de cada página qué se puede guardar, hasta que el visitante elija.',
  'template.age-gate.name': 'Control de edad',
  'template.age-gate.text':
    'Pregunta la edad antes que nada, y lleva a otro lado a quien es menor.',
}

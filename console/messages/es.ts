import type { Messages } from './en.ts'
import { failures } from './es/failures.ts'
import { feeds } from './es/feeds.ts'
import { explorer } from './es/explorer.ts'
import { people } from './es/people.ts'
import { shopLists } from './es/shop-lists.ts'
import { experiences } from './es/experiences.ts'
import { experienceEditor } from './es/experience-editor.ts'
import { experienceBlocks } from './es/experience-blocks.ts'
import { jobs } from './es/jobs.ts'
import { keys } from './es/keys.ts'
import { mail } from './es/mail.ts'
import { origins } from './es/origins.ts'
import { reports } from './es/reports.ts'
import { settings } from './es/settings.ts'
import { webhooks } from './es/webhooks.ts'
import { audiences } from './es/audiences.ts'
import { lists } from './es/lists.ts'
import { audit } from './es/audit.ts'
import { channels } from './es/channels.ts'
import { inbox } from './es/inbox.ts'
import { chart } from './es/chart.ts'
import { dashboard } from './es/dashboard.ts'
import { data } from './es/data.ts'
import { firstRun } from './es/first-run.ts'
import { install } from './es/install.ts'
import { members } from './es/members.ts'
import { ownAccount } from './es/own-account.ts'
import { shell } from './es/shell.ts'
import { targeting } from './es/targeting.ts'
import { ui } from './es/ui.ts'

export const es: Messages = {
  ...audiences,
  ...lists,
  ...audit,
  ...explorer,
  ...people,
  ...shopLists,
  ...channels,
  ...inbox,
  ...chart,
  ...dashboard,
  ...data,
  ...firstRun,
  ...install,
  ...shell,
  ...targeting,
  ...ui,
  ...failures,
  ...feeds,
  ...experiences,
  ...experienceEditor,
  ...experienceBlocks,
  ...jobs,
  ...keys,
  ...mail,
  ...origins,
  ...reports,
  ...settings,
  ...webhooks,

  'state.opening': 'Abriendo',
  'state.connecting': 'Conectando',
  'state.live': 'En vivo',
  'state.paused': 'En pausa',
  'state.reconnecting': 'Conexión perdida, reintentando',
  'state.restarting': 'El servidor se está reiniciando',

  'closed.link_spent.title': 'Este enlace ya se usó o ha caducado',
  'closed.forbidden.title': 'Tu rol no muestra esta página',
  'closed.forbidden.text': 'Pide otro rol a un propietario de la tienda.',
  'closed.text':
    'Un enlace abre la página en vivo una sola vez, durante 15 minutos. Genera uno nuevo donde corre el servidor:',
  'closed.or': 'o vuelve a iniciar el servidor con',
  'failed.title': 'No se puede conectar con el servidor',
  'failed.text': 'Comprueba que esté en marcha. La página lo reintenta por sí sola.',
  'failed.retry': 'Reintentar ahora',

  'live.title': 'En vivo',
  'live.stored': 'Guardados hoy',
  'live.on_now': 'Visitantes ahora',
  'live.left_out': 'Descartados hoy',
  'live.left_out.none': 'No se descartó nada.',
  'live.remarks': 'Guardados con una observación',
  'live.on_now.note': 'en los últimos 5 minutos',

  'experiences.title': 'Experiencias de hoy',
  'experiences.name': 'Experiencia',
  'experiences.impressions': 'Vistas',
  'experiences.clicks': 'Usadas',
  'experiences.closes': 'Cerradas',
  'experiences.submissions': 'Rellenadas',
  'experiences.conversions': 'Objetivos',

  'origins.title': 'Cualquier sitio puede enviar eventos con la clave de esta tienda.',
  'origins.text': 'Antes de publicar, indica dónde está tu tienda:',

  'list.title': 'Eventos, del más reciente al más antiguo',
  'list.filter': 'Filtrar por nombre',
  'list.clear': 'Quitar filtro',
  'list.pause': 'Pausar',
  'list.resume': 'Reanudar',
  'list.waiting': ['{n} nuevo', '{n} nuevos'],
  'list.hint': 'En la lista: j y k para moverse, Intro para abrir',
  'list.none_match': 'Ningún evento de los últimos {n} tiene un nombre con «{text}».',
  'list.announce': ['{n} evento nuevo', '{n} eventos nuevos'],
  'list.loading': 'Cargando eventos',

  'empty.title': 'Todavía no ha llegado nada',
  'empty.text':
    'Abre la tienda de demostración y recórrela. Lo que hagas allí aparece aquí en el momento.',
  'empty.action': 'Abrir la tienda de demostración',

  'event.page': 'Página vista',
  'event.identify': 'Identificado',
  'event.alias': 'Unido',
  'event.group': 'Agrupado',
  'event.track': 'Evento',
  'event.verified': 'Verificado',
  'event.anonymous': 'anónimo',
  'event.at': 'Hora',
  'event.url': 'Página',
  'event.id': 'Evento',
  'event.visitor': 'Visitante',
  'event.device': 'Dispositivo',
  'event.properties': 'Propiedades',
  'event.no_properties': 'Este evento no tiene propiedades.',
  'event.now': 'ahora',

  'device.phone': 'móvil',
  'device.tablet': 'tableta',
  'device.desktop': 'escritorio',

  'page.home': 'inicio',
  'page.product': 'producto',
  'page.category': 'categoría',
  'page.cart': 'carrito',
  'page.checkout': 'pago',
  'page.search': 'búsqueda',
  'page.thank-you': 'gracias',
  'page.other': 'otra',

  'reason.invalid': 'No tenía la forma de un evento',
  'reason.too_large': 'Demasiado grande',
  'reason.bad_user_id': 'El id de usuario no corresponde a nadie',
  'reason.bot': 'Venía de un bot',
  'reason.no_consent': 'El visitante no había dado su consentimiento',
  'reason.future_time': 'Con fecha futura; se tomó la hora de llegada',
  'reason.stripped_visitor': 'Guardado sin el visitante, por falta de consentimiento',
  'reason.foreign_token': 'El token del visitante no era el conocido',

  'field.email': 'Correo electrónico',
  'field.name': 'Tu nombre',
  'field.password': 'Contraseña',
  'field.new_password': 'Contraseña nueva',
  'field.new_password.rule':
    'Al menos 10 caracteres. Que no sea de las más comunes ni tu dirección de correo.',
  'field.code': 'Código',
  'field.code.hint':
    'Los seis dígitos de tu aplicación de autenticación, o uno de tus códigos de recuperación.',
  'field.show': 'Mostrar',
  'field.show.label': 'Mostrar contraseña',
  'field.hide': 'Ocultar',
  'field.hide.label': 'Ocultar contraseña',

  'fault.name': 'Escribe tu nombre.',
  'fault.email': 'Escribe una dirección de correo, como ana@mitienda.com.',
  'fault.password_missing': 'Escribe tu contraseña.',
  'fault.password_short': 'Demasiado corta: lleva al menos 10 caracteres.',
  'fault.password_common': 'Esta contraseña es de las primeras que se adivinan. Elige otra.',
  'fault.sign_in': 'El correo o la contraseña no son correctos.',
  'fault.code_short': 'Escribe el código entero.',
  'fault.code': 'Este código no es correcto o ya se usó. Toma el siguiente.',
  'fault.has_account':
    'Esta dirección ya tiene cuenta. Usa otra, o genera un enlace para ella con npm run owner.',
  'fault.wait_seconds': [
    'Demasiados intentos. Espera {n} segundo y vuelve a intentarlo.',
    'Demasiados intentos. Espera {n} segundos y vuelve a intentarlo.',
  ],
  'fault.wait_minutes': [
    'Demasiados intentos. Espera {n} minuto y vuelve a intentarlo.',
    'Demasiados intentos. Espera {n} minutos y vuelve a intentarlo.',
  ],
  'fault.offline':
    'No se puede conectar con el servidor. Comprueba que esté en marcha y vuelve a intentarlo.',
  'fault.server': 'El servidor no pudo hacerlo. Vuelve a intentarlo.',

  'sign_in.title': 'Iniciar sesión',
  'sign_in.code.title': 'Segundo paso',
  'sign_in.action': 'Iniciar sesión',
  'sign_in.back': 'Volver al inicio de sesión',
  'sign_in.no_account': '¿Aún sin cuenta? Genera un enlace donde corre el servidor:',
  'sign_out.action': 'Cerrar sesión',
  'sign_out.failed': 'La sesión sigue abierta: no se puede conectar con el servidor.',

  'forgotten.action': '¿Olvidaste tu contraseña?',
  'forgotten.title': 'Obtener una contraseña nueva',
  'forgotten.send': 'Enviar un enlace',
  'forgotten.asked.title': 'Mira tu correo',
  'forgotten.asked.text':
    'Si {email} tiene cuenta, va en camino un enlace para elegir otra contraseña. Vale una hora.',
  'forgotten.asked.nothing':
    '¿No llega? Mira en el correo no deseado. Quien administra el servidor puede generar un enlace para un propietario:',

  'link.setup.title': 'Configurar {shop}',
  'link.setup.text': 'Crea tu cuenta. Será propietaria de la tienda y podrá invitar a otras.',
  'link.setup.action': 'Crear la cuenta',
  'link.rescue.title': 'Volver a entrar en {shop}',
  'link.rescue.text': 'Pasas a ser propietario, con una contraseña nueva y sin segundo paso.',
  'link.rescue.action': 'Guardar la contraseña',
  'link.invitation.title': 'Unirte a {shop}',
  'link.invitation.text': 'Te han invitado. Tu rol: {roles}.',
  'link.invitation.action': 'Unirme',
  'link.reset.title': 'Elegir una contraseña nueva',
  'link.reset.text': 'Cierra todas las sesiones abiertas. Después inicias sesión con ella.',
  'link.reset.action': 'Guardar la contraseña',
  'link.changed': 'Tu contraseña ha cambiado. Inicia sesión con la nueva.',
  'link.spent.title': 'Este enlace ya se usó o ha caducado',
  'link.spent.text':
    'Cada enlace sirve una vez. Si ya elegiste tu contraseña con él, inicia sesión.',
  'link.incomplete.title': 'Este enlace está incompleto',
  'link.incomplete.text': 'Cópialo entero, hasta el último carácter, y ábrelo de nuevo.',
  'link.failed.title': 'No se puede consultar el enlace',
  'link.failed.text': 'No se puede conectar con el servidor. El enlace sigue siendo válido.',
  'link.another':
    '¿Te invitaron? Pide otra invitación. El enlace de un propietario se genera en el servidor:',

  'shops.title': 'Elige una tienda',
  'shops.change': 'Cambiar de tienda',
  'shops.none.title': 'No perteneces a ninguna tienda',
  'shops.none.text': 'Pide a un propietario de la tienda que te invite.',

  'shops.gone.title': '{shop} ya no está aquí',
  'shops.gone.text': 'Se eliminó, o ya no eres miembro.',
  'shops.others': 'Tus otras tiendas',

  'role.owner': 'propietario',
  'role.admin': 'administrador',
  'role.operator': 'operador',
  'role.host': 'anfitrión',

  ...members,
  ...ownAccount,
}

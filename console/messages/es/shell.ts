import type { shell as en } from '../en/shell.ts'
import type { Translated } from '../texts.ts'

export const shell: Translated<typeof en> = {
  'nav.label': 'Páginas',
  'nav.skip': 'Ir al contenido',
  'nav.open': 'Abrir el menú',
  'nav.settings': 'Ajustes',
  'nav.home': 'Inicio',
  'nav.live': 'En vivo',

  'switcher.new': 'Tienda nueva',
  'switcher.label': 'Tienda: {shop}. Cambiar de tienda',
  'account.label': 'Cuenta: {name}',
  'account.own': 'Tu cuenta',
  'again.title': '¿Eres tú?',
  'again.text': 'Lo que vas a hacer pide tu contraseña, porque hace rato que iniciaste sesión.',
  'again.action': 'Seguir',
  'fault.password_wrong': 'Esa no es tu contraseña.',
  'theme.light': 'Claro',
  'theme.dark': 'Oscuro',
  'theme.system': 'Como el sistema',

  'palette.open': 'Buscar',
  'palette.title': 'Ir a cualquier parte',
  'palette.label': 'Buscar páginas, tiendas y acciones',
  'palette.none': 'Nada se llama así.',
  'palette.page': 'Página',
  'palette.shop': 'Tienda',
  'palette.action': 'Acción',
  'palette.theme': 'Tema: {theme}',

  'home.title': 'Inicio',
  'home.no_figures': 'Su trabajo empieza aquí',
  'home.no_figures.operator':
    'Las cifras de toda la tienda son para sus propietarios y administradores. Usted busca a los visitantes, clientes y pedidos por los que alguien le pregunta.',
  'home.no_figures.operator.open': 'Buscar a alguien',
  'home.no_figures.host':
    'Las cifras de toda la tienda son para sus propietarios y administradores. Usted ve sus productos, experiencias y audiencias.',
  'home.no_figures.host.open': 'Ver los productos',
  'home.remarks': 'Por revisar',
  'home.dead_jobs': [
    '{n} trabajo falló del todo: mira por qué y vuelve a ejecutarlo',
    '{n} trabajos fallaron del todo: mira por qué y vuelve a ejecutarlos',
  ],
  'home.uncertain_mail': [
    '{n} correo pudo llegar o no: envíalo de nuevo o déjalo',
    '{n} correos pudieron llegar o no: envíalos de nuevo o déjalos',
  ],
  'home.failed_mail': ['{n} correo no se pudo enviar', '{n} correos no se pudieron enviar'],
  'home.any_origin':
    'Cualquier sitio puede enviar eventos con la clave de esta tienda: indica dónde está tu tienda',
  'home.no_mail': 'No hay servidor de correo: los correos esperan en la bandeja de salida',
  'home.events': 'Lo último que pasó',
  'home.live': 'Ver en vivo',
  'home.no_event': 'Todavía no ha llegado nada',
  'home.no_event.text':
    'Pon el fragmento en tu tienda: lo que hagan los visitantes aparecerá aquí.',
  'home.connect': 'Conectar tu tienda',

  'missing.title': 'Esta página no existe',
  'missing.text': 'Puede que la dirección tenga un error, o que la página sea de otra tienda.',
  'missing.action': 'Ir al inicio',
  'no_access.title': 'Tu rol no muestra esta página',
  'no_access.text': 'Hace falta el rol {roles}. Un propietario de {shop} puede dártelo.',
  'broken.title': 'No se pudo cargar la página',
  'broken.text': 'Puede que la consola se haya actualizado. Vuelve a cargarla.',
  'broken.action': 'Volver a cargar',
  'offline.title': 'No se puede conectar con el servidor. Reintentando…',
}

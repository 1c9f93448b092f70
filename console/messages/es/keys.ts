import type { keys as en } from '../en/keys.ts'
import type { Translated } from '../texts.ts'

export const keys: Translated<typeof en> = {
  'key.title': 'Claves',
  'key.intro': 'Con qué nombran esta tienda tus páginas y tus servidores.',
  'key.public.title': 'Clave pública',
  'key.public.text': 'Está en el código de tus páginas. Nombra la tienda y no abre nada.',
  'key.public.copy': 'Copiar la clave pública',
  'key.secret.title': 'Claves secretas',
  'key.secret.text':
    'Para tus servidores, enviadas como Authorization: Bearer. Cada una abre aquello para lo que se creó, y nada más.',
  'key.reference': 'Referencia de la API',
  'key.owner': 'Solo un propietario crea y revoca claves.',
  'key.empty.title': 'Todavía no hay claves secretas',
  'key.empty.text':
    'Tu servidor necesita una para enviar pedidos, mantener los productos al día o leer clientes.',
  'key.make': 'Crear una clave',
  'key.column.key': 'Clave',
  'key.column.may': 'Puede',
  'key.column.made': 'Creada',
  'key.may.all': 'Leer y escribir todo',
  'key.may.both': 'Leer y escribir: {list}',
  'key.may.write': 'Escribir: {list}',
  'key.may.read': 'Leer: {list}',

  'key.subject.events': 'eventos',
  'key.subject.catalog': 'productos',
  'key.subject.customers': 'clientes',
  'key.subject.orders': 'pedidos',
  'key.subject.audiences': 'audiencias',
  'key.subject.experiences': 'experiencias',
  'key.subject.shop': 'ajustes de la tienda',
  'key.subject.keys': 'claves',
  'key.subject.webhooks': 'webhooks',
  'key.subject.mail': 'correo',
  'key.subject.jobs': 'trabajos',
  'key.subject.audit': 'registro de auditoría',
  'key.group.shop_data': 'Lo que sabe la tienda',
  'key.group.shown': 'Lo que ven los visitantes',
  'key.group.settings': 'Ajustes',

  'key.new.title': 'Crear una clave secreta',
  'key.new.text': 'Dale lo que necesita un servidor, y nada más.',
  'key.new.presets': 'Partir de',
  'key.preset.sync': 'Enviar eventos y pedidos',
  'key.preset.read': 'Leer todo',
  'key.preset.all': 'Todo',
  'key.new.subject': 'Puede',
  'key.verb.read': 'Leer',
  'key.verb.write': 'Escribir',
  'key.fault.none': 'Elige al menos una.',
  'key.made.title': 'Tu nueva clave secreta',
  'key.made.copy': 'Copiar la clave',
  'key.made.text':
    'Cópiala ahora y guárdala como una contraseña. No se vuelve a mostrar: aquí solo quedan sus últimos cuatro caracteres.',

  'key.revoke': 'Revocar',
  'key.revoke.action': 'Revocar la clave …{ending}',
  'key.revoke.title': '¿Revocar la clave …{ending}?',
  'key.revoke.text':
    'Lo que la use se rechaza en cinco segundos. Una clave revocada no vuelve a funcionar.',
  'key.revoked': 'La clave …{ending} está revocada',
}

import type { settings as en } from '../en/settings.ts'
import type { Translated } from '../texts.ts'

export const settings: Translated<typeof en> = {
  'settings.title': 'General',
  'settings.discard': 'Descartar cambios',
  'settings.restored': 'Como estaba antes',
  'settings.done': 'Listo',
  'settings.all': 'Todos',

  'settings.shop.title': 'Tienda',
  'settings.shop.text': 'Cómo se llama y en qué cuenta.',
  'settings.name': 'Nombre',
  'settings.name.hint': 'Los clientes pueden leerlo en chats y correos.',
  'settings.currency': 'Moneda',
  'settings.currency.hint': 'De los importes que no indican ninguna. Los ya guardados no cambian.',
  'settings.time_zone': 'Zona horaria',
  'settings.time_zone.hint': 'La de los días y horas de condiciones y cifras.',

  'settings.consent.title': 'Consentimiento',
  'settings.consent.text':
    'Qué se envía antes de que el visitante elija. El resto lo dice tu aviso de consentimiento, con gp.consent().',
  'settings.consent.legend': 'Antes de que el visitante elija',
  'settings.consent.off': 'No enviar nada',
  'settings.consent.off.text':
    'Los eventos esperan en la página, como mucho 100, y solo salen si el visitante acepta.',
  'settings.consent.anonymous': 'Enviar sin identificador',
  'settings.consent.anonymous.text':
    'No se envía nada que nombre al visitante ni se guarda nada en el navegador.',
  'settings.consent.full': 'Enviar como si hubiera aceptado',
  'settings.consent.full.text':
    'Para tiendas a las que no se aplica una ley así, o que tienen otra base legal.',
  'settings.consent.guide': 'Cómo funciona el consentimiento',

  'settings.identity.title': 'Identidad',
  'settings.identity.text': 'Si las páginas pueden decir por sí solas quién es un visitante.',
  'settings.identity.legend': 'Un id de usuario vale',
  'settings.rule.open': 'Como lo dice la página',
  'settings.rule.open.text':
    'Basta para probar. Cualquiera puede escribir el id de otro, pero no se le cuenta nada suyo.',
  'settings.rule.required': 'Con una prueba de tu servidor',
  'settings.rule.required.text': 'Un id sin su firma queda como una nota en el visitante.',
  'settings.proof.legend': 'Los tokens (JWT) se firman con',
  'settings.proof.secret': 'El secreto de identidad',
  'settings.proof.secret.text': 'HS256. El mismo secreto firma ids de usuario sin token.',
  'settings.proof.key': 'Una clave propia',
  'settings.proof.key.text': 'EdDSA. Aquí solo se guarda la mitad pública.',
  'settings.public_key': 'Clave pública',
  'settings.public_key.hint':
    'Ed25519, en PEM: el texto desde -----BEGIN PUBLIC KEY----- hasta el final.',
  'settings.identity.guide': 'Ejemplos en PHP, Node y Python',

  'settings.secret.title': 'Secreto de identidad',
  'settings.secret.text':
    'Firma ids de usuario en tu servidor. Guárdalo ahí: quien lo tiene puede hacerse pasar por cualquier cliente.',
  'settings.secret.made': 'Hay uno. No se puede volver a mostrar, solo reemplazar.',
  'settings.secret.none': 'Todavía no se ha creado ninguno.',
  'settings.secret.make': 'Crear un secreto',
  'settings.secret.replace': 'Reemplazar el secreto',
  'settings.secret.owner': 'Solo un propietario puede crearlo.',
  'settings.secret.consequence':
    'El secreto actual vale hasta que el nuevo se reemplace a su vez, así tu servidor puede cambiar con calma. El anterior al actual deja de valer enseguida.',
  'settings.secret.first': 'Se muestra una sola vez. Ponlo en la configuración de tu servidor.',
  'settings.secret.new': 'El nuevo secreto de identidad',
  'settings.once': 'Cópialo ahora. No se vuelve a mostrar.',
  'settings.secret.copy': 'Copiar el secreto',

  'settings.fault.name': 'Escribe un nombre de 200 caracteres como máximo.',
  'settings.fault.currency': 'El servidor no conoce esta moneda. Elige otra.',
  'settings.fault.time_zone': 'El servidor no conoce esta zona horaria. Elige otra.',
  'settings.fault.public_key':
    'No es una clave pública Ed25519. Pega todo el archivo que termina en .pub o .pem.',

  'settings.languages.title': 'Idiomas',
  'settings.languages.text':
    'Los que habla tu tienda. El primero se usa donde no decide el idioma de nadie, como en las invitaciones.',
  'settings.languages.legend': 'Idiomas de la tienda',
  'settings.languages.hint': 'Búscalo por su nombre, en tu idioma o en el suyo.',

  'settings.retention.title': 'Conservación',
  'settings.retention.text':
    'Cuánto tiempo se guardan los eventos y las sesiones. Lo anterior se borra cada noche, para siempre.',
  'settings.retention.label': 'Guardar eventos y sesiones durante',
  'settings.retention.keep': 'Siempre',
  'settings.retention.months': ['{n} mes', '{n} meses'],
  'settings.retention.kept': 'No se borra nada.',
  'settings.retention.counting': 'Contando lo que se borraría…',
  'settings.retention.before': 'Se borra lo que llegó antes del {day}',
  'settings.retention.rows': 'Ahora son {events} eventos y {sessions} sesiones.',
  'settings.retention.nothing': 'Ahora no hay nada que borrar.',
  'settings.retention.when': 'Próxima vez: {at}',
  'settings.retention.untouched':
    'Los perfiles conservan lo que han contado. Los pedidos, los clientes y los consentimientos se quedan. El registro dice qué se borró y por qué.',
  'settings.retention.guide': 'Qué se guarda y cuánto tiempo',
}

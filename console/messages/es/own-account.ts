import type { ownAccount as en } from '../en/own-account.ts'
import type { Translated } from '../texts.ts'

export const ownAccount: Translated<typeof en> = {
  'own_account.title': 'Tu cuenta',
  'own_account.intro': 'La misma en todas las tiendas a las que perteneces.',

  'profile.title': 'Perfil',
  'profile.text': 'Quién eres para los demás miembros y para los visitantes.',
  'profile.photo': 'Foto',
  'profile.photo.choose': 'Elegir una foto',
  'profile.photo.change': 'Cambiar',
  'profile.photo.remove': 'Quitar',
  'profile.photo.hint': 'PNG, JPEG o WebP. Se reduce antes de enviarla.',
  'profile.photo.changed': 'Foto cambiada',
  'profile.photo.removed': 'Foto quitada',
  'profile.name': 'Nombre',
  'profile.alias': 'Alias',
  'profile.alias.hint':
    'Lo que ven los visitantes en lugar de tu nombre. Déjalo vacío para mostrar tu nombre.',
  'profile.email': 'Correo',
  'profile.email.hint': 'Con él inicias sesión. Aquí no se puede cambiar.',
  'profile.languages': 'Idiomas que hablas',
  'profile.languages.hint': 'En el primero se escriben los correos que recibes.',
  'profile.languages.first': 'primero',
  'profile.languages.prefer': 'Poner primero',
  'profile.languages.prefer.label': 'Poner primero: {language}',
  'profile.languages.remove.label': 'Quitar {language}',
  'profile.languages.add': 'Añadir un idioma',
  'profile.time_zone': 'Zona horaria',
  'profile.time_zone.browser': 'La de este navegador: {zone}',
  'profile.save': 'Guardar perfil',
  'profile.discard': 'Descartar cambios',
  'profile.saved': 'Perfil guardado',

  'pick.none': 'Nada se llama «{text}»',
  'pick.found': ['{n} resultado', '{n} resultados'],

  'password.title': 'Contraseña',
  'password.text': 'Al cambiarla se cierran todas tus demás sesiones, en todos los navegadores.',
  'password.present': 'Contraseña actual',
  'password.action': 'Cambiar contraseña',
  'password.changed': 'Contraseña cambiada. Todas tus demás sesiones se han cerrado.',

  'second_factor.title': 'Segundo paso',
  'second_factor.text':
    'Un código de una aplicación de tu teléfono, además de la contraseña. Quien averigüe tu contraseña tampoco podrá entrar.',
  'second_factor.off': 'Desactivado',
  'second_factor.on': 'Activado',
  'second_factor.set_up': 'Configurar',
  'second_factor.codes_left': [
    'Queda {n} código de recuperación, para cuando no tengas el teléfono.',
    'Quedan {n} códigos de recuperación, para cuando no tengas el teléfono.',
  ],
  'second_factor.codes_none':
    'No queda ningún código de recuperación. Sin el teléfono no podrías iniciar sesión.',
  'second_factor.remove': 'Desactivar',

  'second_factor.scan.title': 'Configurar el segundo paso',
  'second_factor.scan.text':
    'Escanéalo con una aplicación de autenticación, como Google Authenticator, 1Password o Aegis.',
  'second_factor.scan.qr': 'Código QR de la clave de abajo',
  'second_factor.scan.key': 'O escribe esta clave en ella',
  'second_factor.scan.copy': 'Copiar clave',
  'second_factor.scan.code': 'Los seis dígitos que muestra ahora la aplicación',
  'second_factor.scan.confirm': 'Activar',
  'second_factor.scan.ends': 'Al activarlo se cierran tus demás sesiones.',

  'second_factor.codes.title': 'Guarda tus códigos de recuperación',
  'second_factor.codes.text':
    'Cada uno te deja entrar una vez sin el teléfono. Solo se muestran ahora: guárdalos donde guardas tus contraseñas.',
  'second_factor.codes.copy': 'Copiar códigos',
  'second_factor.codes.download': 'Descargar',
  'second_factor.codes.file': 'granplaza-codigos-de-recuperacion.txt',
  'second_factor.codes.done': 'Ya los guardé',

  'second_factor.renew.title': 'Crear códigos de recuperación nuevos',
  'second_factor.renew.text': 'Los códigos que tienes ahora dejan de servir en el acto.',
  'second_factor.renew.action': 'Crear códigos nuevos',
  'second_factor.remove.title': 'Desactivar el segundo paso',
  'second_factor.remove.text':
    'Bastará tu contraseña para iniciar sesión, y tus códigos de recuperación dejan de servir.',
  'second_factor.turned_on': 'El segundo paso está activado',
  'second_factor.turned_off': 'El segundo paso está desactivado',

  'sessions.title': 'Sesiones',
  'sessions.text':
    'Dónde tienes la sesión abierta. Cierra lo que no conozcas y cambia tu contraseña.',
  'sessions.this': 'Esta',
  'sessions.device': '{browser} en {os}',
  'sessions.unknown_device': 'Navegador desconocido',
  'sessions.address': 'Direcciones como {address}',
  'sessions.used': 'Usada',
  'sessions.since': 'Abierta',
  'sessions.end': 'Cerrar',
  'sessions.end.label': 'Cerrar la sesión de {device}',
  'sessions.end_others': 'Cerrar las demás',
  'sessions.ended': 'Sesión cerrada',
  'sessions.others_ended': 'Las demás sesiones se han cerrado',

  'shops.yours.title': 'Tiendas',
  'shops.yours.text': 'De las que eres miembro.',
  'shops.leave': 'Dejar',
  'shops.leave.label': 'Dejar {shop}',
  'leaving.title': 'Dejar {shop}',
  'leaving.text':
    'Pierdes el acceso en el acto, y las claves secretas que creaste dejan de funcionar. Para volver necesitas una invitación. Tu cuenta se conserva.',
  'leaving.action': 'Dejar {shop}',
  'leaving.last_owner':
    'Eres el último propietario, y una tienda conserva uno. Antes haz propietario a otra persona: Miembros, Cambiar roles.',
  'leaving.done': 'Has dejado {shop}',

  'fault.name_long': 'Demasiado largo: admite como mucho 100 caracteres.',
  'fault.language': 'Uno de estos idiomas no se conoce.',
  'fault.time_zone': 'Esta zona horaria no se conoce. Elige otra.',
  'fault.password_changed':
    'La contraseña acaba de cambiarse en otro lugar. Inicia sesión con esa.',
  'fault.code_digits': 'Escribe los seis dígitos que muestra la aplicación.',
  'fault.second_factor_conflict': 'Entretanto se cambió en otro lugar. Recarga la página.',
  'fault.photo_type': 'Esta imagen no se puede leer. Elige una PNG, JPEG o WebP.',
  'fault.photo_large': 'Esta imagen es demasiado grande. Elige una más pequeña.',
}

import type { members as en } from '../en/members.ts'
import type { Translated } from '../texts.ts'

export const members: Translated<typeof en> = {
  'members.title': 'Miembros',
  'members.intro': 'Quién trabaja en {shop} y qué puede hacer.',
  'members.invite': 'Invitar a un miembro',
  'members.member': 'Miembro',
  'members.roles': 'Roles',
  'members.second_factor': 'Segundo paso',
  'members.second_factor.on': 'Activado',
  'members.second_factor.off': 'Desactivado',
  'members.seen': 'Última vez',
  'members.seen.not_lately': 'Hace tiempo',
  'members.joined': 'Se unió',
  'members.you': 'tú',
  'members.actions': 'Qué hacer con {name}',
  'members.change': 'Cambiar roles',
  'members.remove': 'Quitar de la tienda',
  'members.leave': 'Dejar la tienda',
  'members.last_owner':
    'El último propietario no puede irse: una tienda conserva uno. Antes haz propietario a otra persona.',
  'members.only_owner': 'Solo un propietario decide de quién es la tienda.',
  'members.alone.title': 'Aquí solo estás tú',
  'members.alone.text':
    'Invita a quienes contestan chats, llevan campañas o cuidan la tienda contigo.',

  'roles.title': 'Roles de {name}',
  'roles.save': 'Guardar roles',
  'roles.saved': 'Roles de {name} cambiados',
  'roles.put_back': 'Los roles vuelven a ser los de antes',
  'roles.owner.text': 'Todo, también de quién es la tienda y eliminarla.',
  'roles.admin.text': 'Todo menos eliminar la tienda, decidir de quién es y las claves de otros.',
  'roles.operator.text':
    'Contesta los chats de sus canales. Ve clientes, pedidos y experiencias sin cambiarlos.',
  'roles.host.text':
    'Atiende sus propios eventos en vivo y citas. Ve las experiencias y el catálogo.',

  'removal.title': 'Quitar a {name} de {shop}',
  'removal.text':
    'Pierde el acceso en el acto, y sus invitaciones pendientes dejan de servir. Para volver necesita una invitación.',
  'removal.keys': [
    '{n} clave secreta que creó {name} dejará de funcionar',
    '{n} claves secretas que creó {name} dejarán de funcionar',
  ],
  'removal.keys.some': 'Las claves que permiten más que un administrador dejarán de funcionar',
  'removal.keys.text':
    'Lo que use una será rechazado desde entonces, aunque vuelvan los roles. Dale antes una clave tuya.',
  'removal.action': 'Quitar a {name}',
  'removal.done': '{name} ya no está en la tienda',

  'invite.title': 'Invitar a un miembro',
  'invite.roles': 'Qué puede hacer',
  'invite.send': 'Invitar',
  'invite.made.title': 'Invitación para {email}',
  'invite.made.mailed': 'Va en camino por correo. También puedes enviar tú el enlace.',
  'invite.made.unmailed': 'No se envió correo, porque no está configurado. Envíale tú este enlace:',
  'invite.made.once': 'Sirve una vez, hasta el {date}, y solo se muestra ahora.',
  'invite.made.link': 'Enlace',
  'invite.made.copy': 'Copiar enlace',
  'invite.done': 'Listo',

  'invitations.title': 'Invitaciones',
  'invitations.text': 'Enviadas y aún sin aceptar.',
  'invitations.email': 'Para',
  'invitations.sent': 'Enviada',
  'invitations.expires': 'Vale hasta',
  'invitations.again': 'Enviar de nuevo',
  'invitations.again.label': 'Enviar de nuevo la invitación para {email}',
  'invitations.revoke': 'Revocar',
  'invitations.revoke.label': 'Revocar la invitación para {email}',
  'invitations.revoked': 'Invitación para {email} revocada: su enlace ya no abre nada',

  'fault.roles_none': 'Elige al menos un rol.',
  'fault.is_member': 'Esta dirección ya es de un miembro. Cambia sus roles.',
  'fault.owner_decides': 'Solo un propietario decide de quién es la tienda. Pídeselo.',
  'fault.last_owner': 'Una tienda conserva un propietario. Antes haz propietario a otra persona.',
  'fault.no_member': 'Ya no pertenece a la tienda. Recarga la página.',
  'leaving.last_shop':
    'Es tu única tienda: tu cuenta, con su nombre, su foto y su contraseña, se elimina con ella.',
}

import type { origins as en } from '../en/origins.ts'
import type { Translated } from '../texts.ts'

export const origins: Translated<typeof en> = {
  'origin.title': 'Orígenes',
  'origin.intro': 'Los sitios que pueden enviar eventos con la clave pública de esta tienda.',
  'origin.none.title': 'Cualquier sitio puede enviar eventos con la clave de esta tienda',
  'origin.none.text':
    'Desde el primer origen que añadas, se rechazan los navegadores en cualquier otro sitio.',
  'origin.field': 'Dirección de tu tienda',
  'origin.hint': 'https://*.mitienda.com vale por todos los subdominios de mitienda.com.',
  'origin.add': 'Añadir origen',
  'origin.added': '{origin} puede enviar eventos',
  'origin.listed': '{origin} ya está en la lista',
  'origin.fault': 'Escríbelo como https://mitienda.com o https://*.mitienda.com.',
  'origin.list': 'Orígenes permitidos',
  'origin.column': 'Origen',
  'origin.since': 'Añadido',
  'origin.remove': 'Quitar',
  'origin.removed': '{origin} ya no puede enviar eventos',
  'origin.removed_last': 'Se quitó {origin}. Ahora cualquier sitio puede enviar eventos.',
}

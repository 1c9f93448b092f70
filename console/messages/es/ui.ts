import type { ui as en } from '../en/ui.ts'
import type { Translated } from '../texts.ts'

export const ui: Translated<typeof en> = {
  'ui.optional': '(opcional)',
  'ui.close': 'Cerrar',
  'ui.cancel': 'Cancelar',
  'ui.save': 'Guardar',
  'ui.saved': 'Guardado',
  'ui.undo': 'Deshacer',
  'ui.dismiss': 'Descartar',
  'ui.copied': 'Copiado',
  'ui.not_copied': 'El navegador no lo permite: selecciona el texto y cópialo.',
  'ui.loading': 'Cargando',
  'ui.not_read': 'No se pudo leer',
  'ui.try_again': 'Reintentar',
  'ui.more': 'Mostrar más',
  'ui.actions': 'Acciones',

  'refusal.forbidden': 'Tu rol en esta tienda no lo permite. Pídelo a un propietario.',
  'refusal.not_found': 'Ya no está. Puede que alguien lo haya quitado.',
  'refusal.conflict': 'Cambió mientras tanto. Míralo de nuevo e inténtalo otra vez.',
  'refusal.full': 'Ya hay tantos como puede haber. Quita uno antes.',
  'refusal.too_large': 'Es demasiado grande.',
  'refusal.bad_request': 'Algo de lo que rellenaste no se puede aceptar así.',
  'refusal.sign_in_again': 'No se hizo nada: hace falta tu contraseña.',
}

import type { data as original } from '../en/data.ts'
import type { Translated } from '../texts.ts'

export const data: Translated<typeof original> = {
  'nav.data': 'Exportar y eliminar',
  'data.title': 'Exportar y eliminar',
  'data.intro': 'Lo que sabe tu tienda es tuyo: llévatelo todo, o haz que se borre.',
  'data.export.title': 'Exportar todo',
  'data.export.text':
    'Un archivo con todas las tablas de esta tienda: clientes, pedidos, eventos, productos, experiencias, miembros y el registro de cambios. Una línea de JSON por fila; los secretos quedan fuera. Sigue mientras trabajas, y puede tardar.',
  'data.export.action': 'Descargar la exportación',
  'data.export.begun': 'La descarga ha empezado',

  'data.delete.title': 'Eliminar la tienda',
  'data.delete.text':
    'Termina la tienda para todos al momento, y borra todo lo guardado de ella. Solo pueden hacerlo los propietarios, y nadie puede deshacerlo. Expórtala antes si puedes querer algo de ella.',
  'data.delete.open': 'Eliminar esta tienda',
  'data.delete.dialog': 'Eliminar {shop}',
  'data.delete.lost':
    'Desde este momento su fragmento, sus claves y sus miembros ya no abren nada. Clientes, pedidos, eventos, productos y experiencias se borran en minutos u horas, según cuántos haya. Que se eliminó, y quién lo hizo, queda en su registro de cambios en el servidor.',
  'data.delete.name': 'Escribe «{shop}» para confirmar',
  'data.delete.fault': 'Este no es el nombre de la tienda.',
  'data.delete.action': 'Eliminar para siempre',

  'deletion.title': 'Borrando {shop}',
  'deletion.title.done': '{shop} está borrada',
  'deletion.bar': 'Borrando',
  'deletion.waiting': 'La tienda está cerrada. El borrado empieza en unos segundos.',
  'deletion.erasing': ['{n} fila borrada hasta ahora.', '{n} filas borradas hasta ahora.'],
  'deletion.failed':
    'Se detuvo tras {n} filas. Quien lleva el servidor encuentra el motivo en su registro; al empezar de nuevo, sigue desde aquí.',
  'deletion.done': ['Ya no queda nada: {n} fila.', 'Ya no queda nada: {n} filas.'],
  'deletion.leave': 'Puedes cerrar esta página: sigue por sí solo.',
  'deletion.kept': 'Su registro de cambios se queda en el servidor y dice quién la eliminó.',
  'deletion.go_on': 'Ir a tus tiendas',
  'deletion.unknown.title': 'Nada que contar',
  'deletion.unknown.text':
    'Este borrado terminó hace más de un día, o la dirección está incompleta.',
}

import type { jobs as en } from '../en/jobs.ts'
import type { Translated } from '../texts.ts'

export const jobs: Translated<typeof en> = {
  'job.title': 'Trabajos',
  'job.intro':
    'Lo que se hace en segundo plano. Lo que falló demasiadas veces espera aquí a que alguien lo mire.',
  'job.filter': 'Estado',
  'job.state.dead': 'Abandonado',
  'job.state.waiting': 'En espera',
  'job.state.running': 'En curso',
  'job.state.done': 'Hecho',
  'job.column.kind': 'Trabajo',
  'job.column.error': 'Último error',
  'job.column.attempts': 'Intentos',
  'job.column.at': 'Cuándo',
  'job.kind.mail.deliver': 'Enviar un correo',
  'job.kind.webhook.deliver': 'Avisar a un webhook',
  'job.kind.feed.fetch': 'Traer un feed de productos',
  'job.kind.person.erase': 'Borrar a una persona',
  'job.kind.other': 'Trabajo «{kind}»',
  'job.progress': '{done} de {total}',
  'job.progress.open': '{done} hechos',
  'job.empty.dead.title': 'No se abandonó nada',
  'job.empty.dead.text': 'Lo que falla se reintenta solo, con esperas cada vez más largas.',
  'job.empty.title': 'Ningún trabajo está en este estado',
  'job.empty.text': 'Lo terminado se guarda un tiempo y luego se limpia.',
  'job.retry': 'Ejecutar de nuevo',
  'job.retried': 'Se ejecuta de nuevo',
  'job.mails': 'Abrir la bandeja de salida',
  'job.webhooks': 'Abrir los webhooks',
  'job.feeds': 'Abrir los feeds',
}

import type { WordKey } from './words.js'

export const es: Record<WordKey, string> = {
  'calendar.cancelled': 'Cancelada: {title}',
  'calendar.silence': 'Fin del procedimiento de acuerdo tácito: {title}',
  'calendar.report': 'Informe pendiente: {title}',
  'agenda.title': 'Programa provisional y organización de los trabajos',
  'agenda.corrigendum': 'Corrección',
  'agenda.correction': 'Donde dice «{before}» debe decir «{after}».',
  'agenda.place': '{title}, {when}, {venue}',
  'mail.choose': 'Elegir de qué se le avisa',
  'mail.stop': 'No recibir más correos',
  'mail.digest': 'Novedades: {count}',
  'mail.until': 'Hasta el {when}',
}

import type { WordKey } from './words.js'

export const ru: Record<WordKey, string> = {
  'calendar.cancelled': 'Отменено: {title}',
  'calendar.silence': 'Окончание процедуры молчаливого согласия: {title}',
  'calendar.report': 'Срок представления доклада: {title}',
  'agenda.title': 'Предварительная повестка дня и программа работы',
  'agenda.corrigendum': 'Исправление',
  'agenda.correction': 'Вместо «{before}» следует читать «{after}».',
  'agenda.place': '{title}, {when}, {venue}',
  'mail.choose': 'Выбрать, о чем вас уведомлять',
  'mail.stop': 'Больше не получать писем',
  'mail.digest': 'Новости: {count}',
  'mail.until': 'Срок: {when}',
}

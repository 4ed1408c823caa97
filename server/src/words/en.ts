export const en = {
  'calendar.cancelled': 'Cancelled: {title}',
  'calendar.silence': 'Silence ends: {title}',
  'calendar.report': 'Report due: {title}',
  'agenda.title': 'Provisional agenda and programme of work',
  'agenda.corrigendum': 'Corrigendum',
  'agenda.correction': 'For “{before}” read “{after}”.',
  'agenda.place': '{title}, {when}, {venue}',
  'mail.choose': 'Choose what you are told',
  'mail.stop': 'Stop all mail',
  'mail.digest': 'News: {count}',
  'mail.until': 'Until {when}',
}

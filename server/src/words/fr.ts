import type { WordKey } from './words.js'

export const fr: Record<WordKey, string> = {
  'calendar.cancelled': 'Annulée : {title}',
  'calendar.silence': 'Fin de la procédure d’approbation tacite : {title}',
  'calendar.report': 'Rapport à remettre : {title}',
  'agenda.title': 'Ordre du jour provisoire et programme de travail',
  'agenda.corrigendum': 'Rectificatif',
  'agenda.correction': 'Au lieu de « {before} », lire « {after} ».',
  'agenda.place': '{title}, {when}, {venue}',
  'mail.choose': 'Choisir ce dont vous êtes informé',
  'mail.stop': 'Ne plus recevoir de courriels',
  'mail.digest': 'Nouveautés : {count}',
  'mail.until': 'Jusqu’au {when}',
}

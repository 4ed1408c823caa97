import type { Comment } from '@multilogue/shared/comments'

/** gone: neither resolved nor, since its words are nowhere in the text, to be seen in it. */
export const TRAYS = ['open', 'gone', 'resolved'] as const
export type Tray = (typeof TRAYS)[number]

export const trayOf = ({ resolved, place }: Comment): Tray => (resolved ? 'resolved' : place ? 'open' : 'gone')

export const isOpen = (comment: Comment): boolean => trayOf(comment) === 'open'

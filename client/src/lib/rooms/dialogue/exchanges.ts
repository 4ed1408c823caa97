import type { Message } from '@multilogue/shared/dialogue'

export interface Exchange {
  statement: Message
  replies: Message[]
}

/**
 * Statements in order, each with all replies below it, replies to replies included.
 * @param before  what was answered last: an exchange in which nothing has changed is the same object again, so that a
 *   new statement costs no more at the end of a long debate than at its beginning
 */
export function exchangesOf(messages: readonly Message[], before: readonly Exchange[] = []): Exchange[] {
  const exchanges: Exchange[] = []
  const byMessage = new Map<string, Exchange>()
  for (const message of messages) {
    const parent = message.parentId === null ? undefined : byMessage.get(message.parentId)
    if (parent) parent.replies.push(message)
    const exchange = parent ?? { statement: message, replies: [] }
    if (!parent) exchanges.push(exchange)
    byMessage.set(message.id, exchange)
  }
  return exchanges.map((exchange, at) => (before[at] && isSame(before[at], exchange) ? before[at] : exchange))
}

const isSame = (one: Exchange, other: Exchange): boolean =>
  one.statement === other.statement &&
  one.replies.length === other.replies.length &&
  one.replies.every((reply, at) => reply === other.replies[at])

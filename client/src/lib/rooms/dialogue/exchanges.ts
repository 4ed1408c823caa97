import type { Message } from '@multilogue/shared/dialogue'

export interface Exchange {
  statement: Message
  replies: Message[]
}

/** Statements in order, each with all replies below it, replies to replies included. */
export function exchangesOf(messages: readonly Message[]): Exchange[] {
  const exchanges: Exchange[] = []
  const byMessage = new Map<string, Exchange>()
  for (const message of messages) {
    const parent = message.parentId === null ? undefined : byMessage.get(message.parentId)
    if (parent) parent.replies.push(message)
    const exchange = parent ?? { statement: message, replies: [] }
    if (!parent) exchanges.push(exchange)
    byMessage.set(message.id, exchange)
  }
  return exchanges
}

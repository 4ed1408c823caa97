import type { Message } from '@multilogue/shared/dialogue'

export interface Quoting {
  message: Message
  words: string
}

/** The words that are selected in the statement, or all of it. */
export function quotingOf(message: Message): Quoting {
  const selection = getSelection()
  const body = document.querySelector(`#m-${CSS.escape(message.id)} .body`)
  const isInside = body?.contains(selection?.anchorNode ?? null) && body.contains(selection?.focusNode ?? null)
  const words = isInside ? selection!.toString().trim() : ''
  return { message, words: words && message.body.includes(words) ? words : message.body }
}

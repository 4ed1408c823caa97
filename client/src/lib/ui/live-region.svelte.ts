/** What is to be read out next, politely and without moving the focus. */
let words = $state('')

export const announced = {
  get words() {
    return words
  },
}

/** Reads `text` out to people who use a screen reader. The same words twice are read twice. */
export function announce(text: string): void {
  words = words === text ? `${text} ` : text
}

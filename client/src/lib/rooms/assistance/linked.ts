import type { Attachment } from 'svelte/attachments'

/** Brings what a link points at into view and gives it the focus, although it came after the page. */
export const linked =
  (is: boolean): Attachment<HTMLElement> =>
  (element) => {
    if (!is) return
    element.scrollIntoView({ block: 'center' })
    element.focus({ preventScroll: true })
  }

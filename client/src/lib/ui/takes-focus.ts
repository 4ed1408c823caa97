import type { Attachment } from 'svelte/attachments'

/** What appears because somebody asked for it is where they go on. */
export const takesFocus: Attachment<HTMLElement> = (element) => element.focus()

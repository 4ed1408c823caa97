import type { Attachment } from 'svelte/attachments'

/** How far below what is in sight the end of a list may be when the next page is fetched. */
const AHEAD = '600px'

/** Tells once the element comes near what is in sight of the box around it. */
export const reached =
  (onreach: () => void): Attachment<HTMLElement> =>
  (element) => {
    const observer = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && onreach(),
      {
        root: element.parentElement,
        rootMargin: `0px 0px ${AHEAD}`,
      },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }

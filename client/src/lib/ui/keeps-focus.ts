import type { Attachment } from 'svelte/attachments'

/**
 * Somebody who presses a button that then goes away, because what it did is done, stays where they were: on the nearest
 * element around it that can take the focus (`tabindex="-1"`), at last the one that this is attached to. Without it the
 * focus would be lost, and the next Tab would begin at the top of the page.
 */
export const keepsFocus: Attachment<HTMLElement> = (container) => {
  /** Where the focus was last, from the inside out; empty when it left on its own. */
  let around: HTMLElement[] = []

  const note = ({ target }: FocusEvent) => {
    around = []
    for (let at = target as HTMLElement | null; at && container.contains(at); at = at.parentElement)
      if (at === container || at.getAttribute('tabindex') === '-1') around.push(at)
  }
  const leave = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && container.contains(relatedTarget)) return
    // An element that is being taken away is still there when it loses the focus.
    queueMicrotask(() => {
      const isThere = target instanceof Element && target.isConnected && !target.matches(':disabled')
      if (isThere && document.hasFocus()) around = []
    })
  }
  const look = () => {
    const { activeElement } = document
    const isLost = activeElement === null || activeElement === document.body || activeElement.matches(':disabled')
    if (isLost) around.find((element) => element.isConnected)?.focus({ preventScroll: true })
  }

  const observer = new MutationObserver(look)
  observer.observe(container, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  container.addEventListener('focusin', note)
  container.addEventListener('focusout', leave)
  return () => {
    observer.disconnect()
    container.removeEventListener('focusin', note)
    container.removeEventListener('focusout', leave)
  }
}

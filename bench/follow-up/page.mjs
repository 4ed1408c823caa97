/* What is measured in the browser. All times are the page's own, in milliseconds. */

/** Begins before the page's own code: when the first row of the matrix can be seen. */
export function watchFirstRow() {
  window.firstRow = 0
  new MutationObserver((_, observer) => {
    if (!document.querySelector('tr[data-line]')) return
    observer.disconnect()
    // The frame with the row is on the screen once another one begins.
    requestAnimationFrame(() => requestAnimationFrame(() => (window.firstRow = performance.now())))
  }).observe(document, { childList: true, subtree: true })
}

export async function whenFirstRow() {
  while (!window.firstRow) await new Promise(requestAnimationFrame)
  return window.firstRow
}

/** @returns how long each frame took, and where it came to */
export async function scroll({ speed, ms }) {
  const box = document.querySelector('tr[data-line]').closest('[role=region]')
  box.scrollIntoView({ block: 'center' })
  box.scrollTop = 0
  const took = []
  const start = performance.now()
  let last = start
  while (last - start < ms) {
    const now = await new Promise(requestAnimationFrame)
    if (took.length > 0 || now > start) took.push(now - last)
    last = now
    box.scrollTop += speed
  }
  return { took: took.slice(1), reached: box.scrollTop }
}

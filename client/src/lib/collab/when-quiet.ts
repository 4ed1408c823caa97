import type { Editor } from '@tiptap/core'

/** Nobody has written for so long. */
const QUIET = 500
/** Where somebody always writes, it is looked at so often all the same. */
const AT_THE_LATEST = 4000

const whenIdle = (run: () => void) =>
  'requestIdleCallback' in globalThis ? requestIdleCallback(run, { timeout: 1000 }) : setTimeout(run)

/**
 * Runs at once, and again whenever the text has changed and been quiet for a moment; never while a key is handled.
 * @returns ends it
 */
export function whenQuiet(editor: Editor, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitsSince: number | undefined
  let ended = false
  const look = () => {
    waitsSince = undefined
    whenIdle(() => {
      if (!ended && !editor.isDestroyed) run()
    })
  }
  const wait = () => {
    waitsSince ??= Date.now()
    clearTimeout(timer)
    timer = setTimeout(look, Math.max(0, Math.min(QUIET, waitsSince + AT_THE_LATEST - Date.now())))
  }
  editor.on('update', wait)
  look()
  return () => {
    ended = true
    clearTimeout(timer)
    editor.off('update', wait)
  }
}

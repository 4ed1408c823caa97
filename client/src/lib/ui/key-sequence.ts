const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="textbox"]'

/**
 * Calls `act` when these keys are pressed one after the other, outside of any field. Keys are named by their place, so
 * that they are the same on every keyboard.
 * @param codes  such as `KeyG`
 * @returns a listener for `keydown`
 */
export function keySequence(codes: string[], act: () => void): (event: KeyboardEvent) => void {
  let at = 0
  return ({ code, target, ctrlKey, metaKey, altKey }) => {
    const isElsewhere = ctrlKey || metaKey || altKey || (target instanceof Element && target.closest(FIELDS) !== null)
    at = isElsewhere ? 0 : code === codes[at] ? at + 1 : code === codes[0] ? 1 : 0
    if (at < codes.length) return
    at = 0
    act()
  }
}

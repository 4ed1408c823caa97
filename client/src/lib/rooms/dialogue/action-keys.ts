/** What a menu of a statement makes of it. */
export type StatementAct = 'request' | 'offer' | 'park' | 'later'

const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="textbox"], dialog'

/**
 * `a` opens the actions of the statement that has the focus, or of the last one; the letter shown beside an action
 * then does it. Keys are named by their place, so that they are the same on every keyboard.
 */
export function actionKeys(event: KeyboardEvent, list: HTMLElement | undefined): void {
  const { code, target, ctrlKey, metaKey, altKey } = event
  if (ctrlKey || metaKey || altKey || (target instanceof Element && target.closest(FIELDS))) return
  const open = list?.querySelector('.actions details[open]')
  if (open) {
    const choice = open.querySelector<HTMLElement>(`[data-code="${code}"]`)
    if (choice) event.preventDefault()
    choice?.click()
    return
  }
  if (code !== 'KeyA') return
  const menus = list?.querySelectorAll('.actions details') ?? []
  const menu = document.activeElement?.closest('article')?.querySelector('.actions details') ?? menus[menus.length - 1]
  if (!(menu instanceof HTMLDetailsElement)) return
  event.preventDefault()
  menu.open = true
  menu.querySelector('button')?.focus()
}

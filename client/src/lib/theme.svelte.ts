export type ThemeChoice = 'system' | 'light' | 'dark'
const KEPT = 'multilogue.theme'

/** Light, dark, or what the computer says. */
class Theme {
  #choice = $state<ThemeChoice>('system')

  get choice(): ThemeChoice {
    return this.#choice
  }

  begin(): void {
    const kept = localStorage.getItem(KEPT)
    this.choose(kept === 'light' || kept === 'dark' ? kept : 'system')
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice
    if (choice === 'system') {
      localStorage.removeItem(KEPT)
      delete document.documentElement.dataset.theme
    } else {
      localStorage.setItem(KEPT, choice)
      document.documentElement.dataset.theme = choice
    }
  }
}

export const theme = new Theme()

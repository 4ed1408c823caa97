import type { LanguageVersion, Rendering } from '@multilogue/shared/languages'

type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'bad'

export const RENDERING_TONES: Record<NonNullable<Rendering['status']>, Tone> = {
  machine: 'neutral',
  translated: 'info',
  revised: 'info',
  official: 'ok',
}
export const VERSION_TONES: Record<LanguageVersion['state'], Tone> = {
  requested: 'neutral',
  in_progress: 'info',
  official: 'ok',
  overtaken: 'warn',
}

import type { ParagraphStatus, ProposalState } from '@multilogue/shared/negotiation'

type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'bad'

export const STATUS_TONES: Record<ParagraphStatus, Tone> = {
  open: 'neutral',
  bracketed: 'warn',
  agreed_ad_ref: 'ok',
  agreed: 'ok',
}
export const STATE_TONES: Record<ProposalState, Tone> = {
  draft: 'neutral',
  offered: 'info',
  tabled: 'info',
  rebase_asked: 'warn',
  incorporated: 'ok',
  merged: 'ok',
  withdrawn: 'neutral',
  not_retained: 'neutral',
}

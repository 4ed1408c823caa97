import type { Row } from '@multilogue/shared/compilation'
import type { Negotiation } from '@multilogue/shared/negotiation'
import { untrack } from 'svelte'
import { t } from '$lib/i18n/i18n.svelte'
import { announce } from '$lib/ui/live-region.svelte'
import { newsOf, type News } from './news'
import { placeName } from './places'

/** More than so many at once are counted, not read out. */
const AT_ONCE = 3

/** Reads out what happens in a negotiation, whoever did it. Call it while a component is set up. */
export function tellNews(negotiation: () => Negotiation, rows: () => Row[]): void {
  let before: Negotiation | undefined
  $effect(() => {
    const after = negotiation()
    const news = before?.documentId === after.documentId ? newsOf(before, after) : []
    before = after
    if (news.length > 0) untrack(() => announce(wordsOf(news, rows())))
  })
}

function wordsOf(news: News[], rows: Row[]): string {
  if (news.length > AT_ONCE) return t('negotiation.news.many', { count: news.length })
  const place = (id: string) => {
    const row = rows.find((each) => each.id === id)
    return row ? placeName(row) : ''
  }
  return news
    .map((one) => {
      if (one.kind === 'status')
        return t('negotiation.news.status', {
          paragraph: place(one.paragraphId),
          status: t(`negotiation.status.${one.status}`),
        })
      const proposal = `P${one.proposal.number}`
      if (one.kind === 'decided')
        return t('negotiation.news.decided', { proposal, state: t(`negotiation.state.${one.proposal.state}`) })
      const codes = one.codes.join(', ')
      return one.kind === 'tabled'
        ? t('negotiation.news.tabled', { proposal, codes, paragraph: place(one.proposal.paragraphId) })
        : t('negotiation.news.position', { proposal, codes, position: t(`negotiation.position.${one.position}`) })
    })
    .join(' ')
}

import type { DocumentParagraph } from '@multilogue/shared/documents'
import type { Origin, VisionGap } from '@multilogue/shared/visions'

interface Looked {
  paragraphs: DocumentParagraph[]
  origins: Origin[]
  reviewOn: string | null
  /** `YYYY-MM-DD` */
  today: string
}

/** What stands between a vision statement and its adoption. A question is answered by words below its heading. */
export function gapsIn({ paragraphs, origins, reviewOn, today }: Looked): VisionGap[] {
  const gaps: VisionGap[] = []
  if (paragraphs.every(({ kind, text }) => kind === 'heading' || text.trim() === ''))
    gaps.push({ what: 'empty', name: '' })
  if (reviewOn === null) gaps.push({ what: 'no-review-date', name: '' })
  else if (reviewOn <= today) gaps.push({ what: 'review-date-past', name: '' })
  for (const { kind, paragraphId, title, orphaned } of origins)
    if (kind === 'question' && !orphaned && !isAnswered(paragraphs, paragraphId))
      gaps.push({ what: 'unanswered', name: title })
  return gaps
}

function isAnswered(paragraphs: DocumentParagraph[], paragraphId: string): boolean {
  const at = paragraphs.findIndex(({ id }) => id === paragraphId)
  if (paragraphs[at]?.kind !== 'heading') return paragraphs[at]?.text.trim() !== ''
  const below = paragraphs.slice(at + 1)
  const end = below.findIndex(({ kind }) => kind === 'heading')
  return below.slice(0, end < 0 ? undefined : end).some(({ text }) => text.trim() !== '')
}

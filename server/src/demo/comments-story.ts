import { addRemark, makeComment, resolveComment, type CommentVisibility } from '@multilogue/shared/comments'
import type { Language } from '@multilogue/shared/values'
import type { World } from './world.js'

interface Said {
  by: string
  /** Which paragraph of the text, counted from 0. */
  on: number
  quote: string
  body: string
  language: Language
  visibility: CommentVisibility
  answers?: { by: string; body: string; language: Language }[]
  resolvedBy?: string
}

const SAID: Said[] = [
  {
    by: 'ind.head',
    on: 5,
    quote: 'ten indicators',
    body: 'Are these the ten of the annex? Then the annex should be named.',
    language: 'en',
    visibility: 'room',
    answers: [
      { by: 'facilitator', body: 'They are. The annex comes with the next revision.', language: 'en' },
      { by: 'mar.head', body: 'Nous souhaitons les voir ventilés par sexe.', language: 'fr' },
    ],
  },
  {
    by: 'unctad',
    on: 7,
    quote: 'firms of every size',
    body: 'In most surveys that we know, firms below ten employees are not counted.',
    language: 'en',
    visibility: 'room',
  },
  {
    by: 'gha.adviser',
    on: 6,
    quote: 'national data strategies',
    body: 'Check with the ministry whether the cosmetics cluster is covered by this.',
    language: 'en',
    visibility: 'delegation',
  },
  {
    by: 'tun.head',
    on: 8,
    quote: 'under their own name',
    body: 'هل يشمل ذلك المؤشرات الجغرافية؟',
    language: 'ar',
    visibility: 'room',
    answers: [{ by: 'mar.head', body: 'نعم، مثل تين جبّة وزيت الأركان.', language: 'ar' }],
    resolvedBy: 'tun.head',
  },
]

/** What delegations say beside the draft outcome; everything is invented. */
export async function commentsStory(
  world: World,
  documentId: string,
  paragraphs: string[],
  texts: string[],
): Promise<void> {
  for (const { by, on, quote, answers = [], resolvedBy, ...said } of SAID) {
    const words = { from: texts[on]!.indexOf(quote), quote }
    const { id: commentId } = await world.do(by, makeComment, {
      documentId,
      paragraphId: paragraphs[on]!,
      words,
      ...said,
    })
    for (const { by: whose, ...answer } of answers) await world.do(whose, addRemark, { commentId, ...answer })
    if (resolvedBy) await world.do(resolvedBy, resolveComment, { commentId, resolved: true })
  }
}

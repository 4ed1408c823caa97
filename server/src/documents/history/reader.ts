import type { Contract, OutputOf } from '@multilogue/shared/contract'
import { compareText, listAuthors, playTimeline, readText } from '@multilogue/shared/history'
import { invalidInput } from '../../common/problem.js'
import { WrittenAnswer } from '../../work/written-answer.js'
import { authorsOf } from './authors.js'
import type { Chronicle } from './chronicle.js'
import { contentAt } from './content.js'
import { editsOf } from './edits.js'
import type { Library, Study } from './library.js'
import type { QuestionName, Questions, Sent, StandingText } from './question.js'
import { Redline } from './redline.js'
import { rewriting } from './rewriting.js'
import { timelineOf } from './timeline.js'

type Answering = { [N in QuestionName]: (study: Study, asked: Questions[N]['asked']) => Questions[N]['answer'] }

const answering: Answering = {
  steps({ chronicle, steps }, { before, limit }) {
    const earlier = before === undefined ? steps : steps.filter(({ fromNo }) => fromNo < before)
    const page = earlier.slice(-limit).reverse()
    const next = earlier.length > page.length ? (page.at(-1)?.fromNo ?? null) : null
    return { head: chronicle.head, steps: page, next }
  },
  text({ chronicle, carried }, { at }) {
    const { head } = chronicle
    const no = at ?? head
    mustBeThere('at', no, head)
    const paragraphs = new Redline(chronicle, carried, no, no).paragraphs()
    return written(readText, { no, at: stoodSince(chronicle, no), head, paragraphs })
  },
  content({ chronicle }, { no = chronicle.head }) {
    mustBeThere('no', no, chronicle.head)
    return json({ no, at: stoodSince(chronicle, no), content: contentAt(chronicle, no) } satisfies StandingText)
  },
  authors: ({ chronicle, carried }) => written(listAuthors, authorsOf(chronicle, carried)),
  compare({ chronicle, carried }, { from, to }) {
    mustBeThere('to', to, chronicle.head)
    if (from > to) throw invalidInput('from', 'The earlier point comes first.')
    return written(compareText, { from, to, paragraphs: new Redline(chronicle, carried, from, to).paragraphs() })
  },
  timeline({ chronicle, carried, steps, timelines }, { points }) {
    const answer =
      timelines.get(points) ?? written(playTimeline, { points: timelineOf(chronicle, carried, steps, points) })
    timelines.set(points, answer)
    return answer
  },
  edits({ chronicle }, { since, to }) {
    mustBeThere('to', to, chronicle.head)
    return editsOf(chronicle, since, to)
  },
  rewriting({ chronicle }, { no }) {
    mustBeThere('no', no, chronicle.head)
    return { edit: rewriting(chronicle, no), head: chronicle.head }
  },
}

/** @throws Refusal `invalid-input` for a log number that the text has not */
export async function answer(library: Library, { name, asked }: Sent): Promise<unknown> {
  const study = await library.study(asked.documentId)
  return (answering[name] as (study: Study, asked: Sent['asked']) => unknown)(study, asked)
}

const written = <C extends Contract>(contract: C, output: OutputOf<C>): WrittenAnswer =>
  json(contract.output.parse(output))

const json = (answer: unknown): WrittenAnswer => new WrittenAnswer(new TextEncoder().encode(JSON.stringify(answer)))

const stoodSince = (chronicle: Chronicle, no: number): string | null =>
  no === 0 ? null : new Date(chronicle.row(no).at).toISOString()

function mustBeThere(field: string, no: number, head: number): void {
  if (no > head) throw invalidInput(field, `The text goes as far as ${head}.`)
}

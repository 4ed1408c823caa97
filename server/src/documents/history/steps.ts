import type { Step } from '@multilogue/shared/history'
import type { Carried } from './carried.js'
import type { Chronicle } from './chronicle.js'
import { FRAGMENT, textsIn, wordsIn } from './words.js'

/** A pause of this length, in milliseconds, begins a new step. */
const PAUSE = 10 * 60_000

/** The steps of a text, oldest first. */
export function stepsOf(chronicle: Chronicle, carried: Carried): Step[] {
  const { written, removed } = sizes(chronicle, carried)
  const steps: Step[] = []
  let last: { writer: number; at: number } | undefined
  for (const [index, row] of chronicle.rows.entries()) {
    const no = index + 1
    const at = new Date(row.at).toISOString()
    const goesOn = last?.writer === row.writer && row.at - last.at < PAUSE
    if (!goesOn)
      steps.push({
        fromNo: no,
        toNo: no,
        writer: chronicle.writers[row.writer]!,
        from: at,
        to: at,
        written: 0,
        removed: 0,
      })
    const step = steps.at(-1)!
    Object.assign(step, {
      toNo: no,
      to: at,
      written: step.written + written[no]!,
      removed: step.removed + removed[no]!,
    })
    last = row
  }
  return steps
}

/** UTF-16 code units that each row wrote and removed, by log number. */
function sizes(chronicle: Chronicle, carried: Carried): { written: Uint32Array; removed: Uint32Array } {
  const written = new Uint32Array(chronicle.head + 1)
  const removed = new Uint32Array(chronicle.head + 1)
  for (const text of textsIn(chronicle.doc.getXmlFragment(FRAGMENT)))
    for (const { client, clock, text: words, born, died } of wordsIn(chronicle, text)) {
      if (born === died) continue
      const isConcerned = carried.concerns(client)
      for (let i = 0; i < words.length; i++) {
        const character = { client, clock: clock + i }
        if (!isConcerned || !carried.sourceOf(character)) written[born]! += 1
        if (died > 0 && (!isConcerned || !carried.targetOf(character))) removed[died]! += 1
      }
    }
  return { written, removed }
}

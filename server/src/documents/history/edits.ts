import * as Y from 'yjs'
import { hashOf } from '../contents.js'
import { attributeAt } from './attributes.js'
import type { Chronicle } from './chronicle.js'
import { nodeAt } from './content.js'
import { FRAGMENT, nodesIn, wordsOf } from './words.js'

/** A pause of this length, in milliseconds, or another hand, or another editor of the same one, begins another edit. */
const PAUSE = 60_000

/** A paragraph's node, and the log numbers at which it stood: from `born` to before `died`. */
interface Stay {
  node: Y.XmlElement
  born: number
  died: number
}

/** Rows that touched a paragraph, with the Yjs client that brought something to it; none: it was only struck. */
type Touches = Map<number, number | undefined>

/**
 * How often paragraphs were edited: stretches of rows that touched one, by one hand in one editor without a pause of a
 * minute, that left it saying something else than it said before. An edit that is taken back within itself, a move and
 * a change of number are none, and when it came to say again what it said, what was before is forgotten (decision 0013).
 * @param since  log numbers by paragraph id; only what came after is counted
 * @param to     log number; only what came up to it is counted
 */
export function editsOf(chronicle: Chronicle, since: Record<string, number>, to: number): Record<string, number> {
  const found = new Map(Object.keys(since).map((id) => [id, { stays: [] as Stay[], touches: new Map() as Touches }]))
  const look = (parent: Y.XmlFragment, around: Omit<Stay, 'node'>): void => {
    for (const [item, node] of nodesIn(parent)) {
      if (!(node instanceof Y.XmlElement)) continue
      const ledger = chronicle.ledger(item.id.client)
      const stay = {
        node,
        born: Math.max(around.born, ledger.bornAt(item.id.clock)),
        died: Math.min(around.died, ledger.diedAt(item.id.clock) || Infinity),
      }
      if (node.nodeName !== 'heading' && node.nodeName !== 'paragraph') look(node, stay)
      const id = attributeAt(chronicle, node, 'id', Math.min(stay.died - 1, to))
      const asked = typeof id === 'string' ? found.get(id) : undefined
      if (!asked || stay.born > to) continue
      asked.stays.push(stay)
      touch(asked.touches, stay.born, item.id.client)
      touch(asked.touches, stay.died, undefined)
      touchesIn(chronicle, node, asked.touches)
    }
  }
  look(chronicle.doc.getXmlFragment(FRAGMENT), { born: 0, died: Infinity })
  return Object.fromEntries(
    [...found].map(([id, { stays, touches }]) => {
      const from = since[id]!
      const rows = [...touches].filter(([no]) => no > from && no <= to).sort(([a], [b]) => a - b)
      return [id, changes(chronicle, stays, [from, ...endsOf(chronicle, rows)])]
    }),
  )
}

function touch(touches: Touches, no: number, client: number | undefined): void {
  touches.set(no, client ?? touches.get(no))
}

function touchesIn(chronicle: Chronicle, node: Y.XmlElement | Y.XmlText, touches: Touches): void {
  const note = ({ id: { client, clock } }: Y.Item) => {
    const ledger = chronicle.ledger(client)
    touch(touches, ledger.bornAt(clock), client)
    touch(touches, ledger.diedAt(clock), undefined)
  }
  for (const value of node._map.values()) for (let item: Y.Item | null = value; item; item = item.left) note(item)
  for (let item = node._start; item !== null; item = item.right) {
    note(item)
    if (item.content instanceof Y.ContentString)
      for (const { client, born, died } of wordsOf(chronicle, item)) {
        touch(touches, born, client)
        touch(touches, died, undefined)
      }
    const inner: unknown = item.content instanceof Y.ContentType ? item.content.type : undefined
    if (inner instanceof Y.XmlElement || inner instanceof Y.XmlText) touchesIn(chronicle, inner, touches)
  }
}

/** The last row of each edit. */
function endsOf(chronicle: Chronicle, rows: [no: number, client: number | undefined][]): number[] {
  const ends: number[] = []
  let client: number | undefined
  for (const [no, bringing] of rows) {
    const before = ends.at(-1)
    const [last, row] = [before === undefined ? undefined : chronicle.row(before), chronicle.row(no)]
    const isSameEditor = client === undefined || bringing === undefined || client === bringing
    const goesOn = last?.writer === row.writer && row.at - last.at < PAUSE && isSameEditor
    if (goesOn) ends.pop()
    ends.push(no)
    client = bringing ?? (goesOn ? client : undefined)
  }
  return ends
}

/** How often it came to say something else since it last said what it said at the first point. */
function changes(chronicle: Chronicle, stays: Stay[], points: number[]): number {
  const said = points.map((no) => {
    const stay = stays.find(({ born, died }) => born <= no && died > no)
    return stay ? hashOf(nodeAt(chronicle, stay.node, no)) : ''
  })
  return said.slice(said.lastIndexOf(said[0]!)).filter((hash, at, all) => at > 0 && hash !== all[at - 1]).length
}

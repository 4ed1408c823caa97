import type { Chronicle } from './chronicle.js'
import { FRAGMENT, textsIn, wordsIn, type Words } from './words.js'

/** One character of the text's life. */
export interface Character {
  client: number
  clock: number
}

/** Words of one row that stood next to each other, removed by it or brought by it. */
interface Stretch {
  row: number
  text: string
  characters: Character[]
}

/** Shorter words are only taken as carried when they are all that was set. */
const SURE = 3

/**
 * Words that only changed their place. Splitting, joining, moving or restyling a paragraph removes its words and
 * sets them anew under the id of whoever pressed the key. When one row brings exactly the words that it removes,
 * they are the same words still, and stay those of the delegation that wrote them.
 */
export class Carried {
  private readonly sources = new Map<number, Map<number, Character>>()
  private readonly targets = new Map<number, Map<number, Character>>()

  constructor(private readonly chronicle: Chronicle) {
    const rows = this.rowsThatDoBoth()
    if (rows.size === 0) return
    const [removed, brought] = this.stretches(rows)
    for (const row of rows) this.match(removed.get(row) ?? [], brought.get(row) ?? [])
  }

  /** Where a character was carried from, if it was. */
  sourceOf({ client, clock }: Character): Character | undefined {
    return this.sources.get(client)?.get(clock)
  }

  targetOf({ client, clock }: Character): Character | undefined {
    return this.targets.get(client)?.get(clock)
  }

  /** Whether any word of the client came from somewhere else, or went there. */
  concerns(client: number): boolean {
    return this.sources.has(client) || this.targets.has(client)
  }

  /** The character as it was first typed. */
  originOf(character: Character): Character {
    let origin = character
    for (let source = this.sourceOf(origin); source; source = this.sourceOf(origin)) origin = source
    return origin
  }

  private rowsThatDoBoth(): Set<number> {
    const [bringing, removing] = [new Set<number>(), new Set<number>()]
    for (const { born, died } of this.everyWord()) {
      if (born === died) continue
      bringing.add(born)
      if (died > 0) removing.add(died)
    }
    return new Set([...bringing].filter((row) => removing.has(row)))
  }

  private *everyWord(): Generator<Words> {
    for (const text of textsIn(this.chronicle.doc.getXmlFragment(FRAGMENT))) yield* wordsIn(this.chronicle, text)
  }

  private stretches(rows: Set<number>): [Map<number, Stretch[]>, Map<number, Stretch[]>] {
    const [removed, brought] = [new Map<number, Stretch[]>(), new Map<number, Stretch[]>()]
    for (const text of textsIn(this.chronicle.doc.getXmlFragment(FRAGMENT))) {
      let going: Stretch | undefined
      let coming: Stretch | undefined
      for (const words of wordsIn(this.chronicle, text)) {
        const { ledger, clock, born, died } = words
        if (born === died) continue
        if (rows.has(died)) going = prolong(removed, going, died, words)
        else if (going && ledger.stoodAt(going.row - 1, clock)) going = undefined
        if (rows.has(born)) coming = prolong(brought, coming, born, words)
        else if (coming && ledger.stoodAt(coming.row, clock)) coming = undefined
      }
    }
    return [removed, brought]
  }

  private match(removed: Stretch[], brought: Stretch[]): void {
    const taken = new Set<Character>()
    for (const from of removed.sort((a, b) => b.text.length - a.text.length))
      for (const to of brought) {
        const at = from.text.length >= SURE || from.text === to.text ? to.text.indexOf(from.text) : -1
        if (at < 0 || taken.has(to.characters[at]!)) continue
        from.characters.forEach((source, i) => {
          const target = to.characters[at + i]!
          taken.add(target)
          note(this.sources, target, source)
          note(this.targets, source, target)
        })
        break
      }
  }
}

function prolong(all: Map<number, Stretch[]>, open: Stretch | undefined, row: number, words: Words): Stretch {
  const stretch = open?.row === row ? open : { row, text: '', characters: [] }
  if (stretch !== open) {
    const ofRow = all.get(row)
    if (ofRow) ofRow.push(stretch)
    else all.set(row, [stretch])
  }
  stretch.text += words.text
  for (let i = 0; i < words.text.length; i++) stretch.characters.push({ client: words.client, clock: words.clock + i })
  return stretch
}

function note(of: Map<number, Map<number, Character>>, { client, clock }: Character, other: Character): void {
  const byClock = of.get(client) ?? new Map<number, Character>()
  of.set(client, byClock.set(clock, other))
}

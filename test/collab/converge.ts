import * as Y from 'yjs'
import { Simulation } from './simulation.js'

const STEPS = 150

/**
 * Copies differ, and Yjs itself is why: its UndoManager sometimes brings an item back between a left and a right
 * neighbour that stand the other way round (`redoItem` looks for each of them apart), and where such an item goes
 * depends on the order in which updates arrive. About three in ten thousand simulations, with many undos each.
 */
export class UndoneWrongly extends Error {}

/**
 * Runs one simulation to its end and compares everything.
 * @throws when anything is not as the rules say, with what was done last
 */
export async function converge(seed: number): Promise<void> {
  const simulation = new Simulation(seed)
  try {
    await simulation.run(STEPS)
    await simulation.settle()
    const wrong = await faultsOf(simulation)
    if (wrong.length > 0 && hasWrongUndo(simulation)) throw new UndoneWrongly(`seed ${seed}`)
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    await simulation.end()
  } catch (thrown) {
    if (thrown instanceof UndoneWrongly) throw thrown
    const told = process.env.SOAK_TELL === undefined ? '' : `\n${simulation.told.join('\n')}`
    throw new Error(`seed ${seed} (alone: npm run soak -- --seed=${seed})\n${String(thrown)}${told}`, { cause: thrown })
  }
}

async function faultsOf({ ledger, delegates, engines, wrongly }: Simulation): Promise<string[]> {
  const copies = await ledger.copies(delegates, engines)
  const truth = copies.get('the bare log')
  const different = [...copies].filter(([, copy]) => copy !== truth).map(([name, copy]) => `${name}: ${copy}`)
  const ownerOf = new Map(
    delegates.flatMap(({ personId, clientIds }) => clientIds.map((id) => [id, personId] as const)),
  )
  const skipped = engines.filter((engine) => engine.stats().skippedUpdates > 0)
  return [
    ...(different.length > 0 ? [`not equal to the log: ${truth}`, ...different] : []),
    ...ledger.lost(delegates).map((lost) => `[ENGINE-2] lost ${lost}`),
    ...ledger.seenTooEarly.map((seen) => `[ENGINE-1] seen before it was stored: ${seen}`),
    ...ledger.misattributed(ownerOf).map((wrong) => `[ENGINE-3] ${wrong}`),
    ...wrongly.map((problem) => `[ENGINE-5] refused without reason: ${problem}`),
    ...skipped.map(() => '[ENGINE-6] a row that nobody can read'),
  ]
}

function hasWrongUndo({ store }: Simulation): boolean {
  const doc = new Y.Doc({ gc: false })
  for (const { bytes } of store.of('text').rows) Y.applyUpdate(doc, bytes)
  const items = [...doc.store.clients.values()].flat().filter((struct) => struct instanceof Y.Item)
  const itemAt = (id: Y.ID) => {
    const structs = doc.store.clients.get(id.client) ?? []
    return structs[Y.findIndexSS(structs, id.clock)]
  }
  return items.some(({ origin, rightOrigin }) => {
    if (origin === null || rightOrigin === null) return false
    const [left, right] = [itemAt(origin), itemAt(rightOrigin)]
    if (left === right) return rightOrigin.clock <= origin.clock
    for (let item = right; item instanceof Y.Item; item = item.right ?? undefined) if (item === left) return true
    return false
  })
}

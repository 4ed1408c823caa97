import fs from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'
import { Room } from './room.mjs'
import { until } from './pace.mjs'
import { newClientId, TEXT } from './typist.mjs'
import { update } from './wire.mjs'

const PEOPLE = 20
const KEYS_PER_TURN = 100
const SEEN_LIMIT_MS = 30_000
/** Longer than any of the servers waits before it stores what it has. */
const STORED_MS = 12_000

/**
 * A text that twenty people wrote with so many edits, a few keys at a time at places all over it, a sixth of them
 * deletions. Written once per server, key by key through its socket, and kept for later rounds.
 * @returns {document, vector (its state vector), clocks (how many characters were ever typed)}
 */
export async function writtenText(server, folder, edits, { restart }) {
  const note = path.join(folder, `text-${edits}.json`)
  if (fs.existsSync(note)) {
    const kept = JSON.parse(fs.readFileSync(note, 'utf8'))
    return { ...kept, server, vector: new Uint8Array(kept.vector) }
  }
  const [document] = await server.documents(1)
  const room = await new Room(server, document).fill(PEOPLE + 1, { readEvery: PEOPLE + 1 })
  const [watcher] = room.readers
  const doc = new Y.Doc()
  const text = doc.getText(TEXT)
  const ids = room.members.map(() => newClientId())
  const clockOf = (id) => Y.getState(doc.store, id)
  // The watcher counts by the client ids of the text.
  for (const id of ids) room.typists.set(id, { sentAt: [], clock: 0 })
  let author = room.members[0]
  doc.on('update', (bytes) => author.send(update(bytes)))
  for (let done = 0, turn = 0; done < edits; done += KEYS_PER_TURN, turn++) {
    const at = turn % PEOPLE
    author = room.members[at]
    doc.clientID = ids[at]
    writeTurn(text)
    const hasSeen = () => (watcher.seen.get(ids[at]) ?? 0) >= clockOf(ids[at])
    if (!(await until(hasSeen, SEEN_LIMIT_MS))) throw new Error('an edit was not seen by another')
  }
  await new Promise((resolve) => setTimeout(resolve, STORED_MS))
  const clocks = ids.reduce((sum, id) => sum + clockOf(id), 0)
  const vector = Y.encodeStateVector(doc)
  const bytes = Y.encodeStateAsUpdate(doc).length
  fs.writeFileSync(note, JSON.stringify({ document, clocks, bytes, vector: [...vector] }))
  room.leave()
  await server.tree.stop()
  return { document, clocks, bytes, vector, server: await restart() }
}

/** One person's turn: keys at a place, then at another. */
function writeTurn(text) {
  for (let keys = 0; keys < KEYS_PER_TURN;) {
    const place = Math.floor(Math.random() * (text.length + 1))
    const run = Math.min(1 + Math.floor(Math.random() * 8), KEYS_PER_TURN - keys)
    keys += run
    const isDeletion = Math.random() < 1 / 6 && place + run < text.length
    for (let key = 0; key < run; key++) {
      if (isDeletion) text.delete(place, 1)
      else text.insert(place + key, 'x')
    }
  }
}

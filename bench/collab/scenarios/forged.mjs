import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { Member } from '../room.mjs'
import { Traffic } from '../socket.mjs'
import { insertion, TEXT } from '../typist.mjs'
import { presence, readPresence, readSync, update } from '../wire.mjs'

const BEFORE = 5
const AFTER = 20
const REST_MS = 500

/** One person writes a key, and moves a cursor, in the name of another. */
export async function forged(server) {
  const [document] = await server.documents(1)
  const [victim, forger, observer] = [0, 1, 2].map((at) => new Member(server, document, at, new Traffic()))
  const doc = new Y.Doc()
  let shown = null
  const onFrame = (frame) => {
    const sync = readSync(frame)
    if (sync !== null && sync.kind !== 'step1') Y.applyUpdate(doc, sync.body)
    for (const [clientId, state] of readPresence(frame)) if (clientId === victim.clientId) shown = state
  }
  for (const member of [victim, forger]) await member.join()
  await observer.join({ onFrame })
  observer.listen(onFrame)

  const typeAll = async (keys) => {
    for (let key = 0; key < keys; key++) victim.type('x')
    victim.moveCursor()
    await sleep(REST_MS)
  }
  await typeAll(BEFORE)
  const { clientId } = victim
  forger.send(update(insertion({ clientId, clock: BEFORE, after: BEFORE - 1, text: 'F' })))
  forger.send(presence(clientId, 1000, { cursor: null, forged: true }))
  await sleep(REST_MS)
  const isPresenceForged = shown?.forged === true
  await typeAll(AFTER)
  const text = doc.getText(TEXT).toString()
  return {
    forgedKeysShown: text.split('F').length - 1,
    victimKeysLost: BEFORE + AFTER - (text.split('x').length - 1),
    forgedPresenceShown: isPresenceForged ? 1 : 0,
    victimCursorLost: shown === null || shown.forged === true ? 1 : 0,
  }
}

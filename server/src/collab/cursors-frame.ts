import { deflateRawSync } from 'node:zlib'
import type { Card } from '@multilogue/shared/collab'
import { CURSOR, CURSORS, DEFLATED, encodeCursors, PLAIN } from '@multilogue/shared/cursors'

/** Where deflating starts to be worth its time. */
const LARGE = 256

interface Cursor {
  clientId: number
  clock: number
  state: object | null
  card: Card | undefined
  withCard: boolean
}

/** One frame for everybody in the room who reads cursors, told in shared/src/cursors.ts. */
export function cursorsFrame(cursors: Cursor[]): Uint8Array {
  const body = encodeCursors(
    cursors.map(({ clientId, clock, state, card, withCard }) => {
      if (state === null) return { clientId, clock, kind: CURSOR.left, state }
      if (!withCard) return { clientId, clock, kind: CURSOR.moved, state: { ...state } }
      return { clientId, clock, kind: CURSOR.introduced, state: { ...state, user: card } }
    }),
  )
  if (body.length < LARGE) return Buffer.concat([Uint8Array.of(CURSORS, PLAIN), body])
  return Buffer.concat([Uint8Array.of(CURSORS, DEFLATED), deflateRawSync(body, { level: 1 })])
}

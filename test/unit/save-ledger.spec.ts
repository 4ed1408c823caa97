import { expect, it } from '@jest/globals'
import { SaveLedger } from '../../client/src/lib/collab/save-ledger.js'

const STEP_1 = Uint8Array.of(0, 0, 1, 0)
const STEP_2 = Uint8Array.of(0, 1, 1, 0)
const UPDATE = Uint8Array.of(0, 2, 1, 0)
const PRESENCE = Uint8Array.of(1, 1, 0)

it('[LEDGER-1] words are saved when the server has settled every edit frame, and not before', () => {
  const ledger = new SaveLedger()
  ledger.connected()
  ledger.left(STEP_1)
  ledger.left(PRESENCE)
  ledger.left(STEP_2)
  ledger.settled(1)
  ledger.edited()
  expect(ledger.unsaved).toBe(true)
  ledger.left(UPDATE)
  ledger.settled(1)
  expect(ledger.unsaved).toBe(true)
  ledger.settled(2)
  expect(ledger.unsaved).toBe(false)
})

it('[LEDGER-2] words of an earlier connection count as unsaved until a step 2 has left and is settled', () => {
  const ledger = new SaveLedger()
  ledger.edited()
  ledger.connected()
  ledger.settled(0)
  expect(ledger.unsaved).toBe(true)
  ledger.left(UPDATE)
  ledger.settled(1)
  expect(ledger.unsaved).toBe(true)
  ledger.left(STEP_2)
  ledger.settled(2)
  expect(ledger.unsaved).toBe(false)
})

it('[LEDGER-3] an answer over HTTP saves what was written before its request, and nothing later', () => {
  const ledger = new SaveLedger()
  ledger.edited()
  const { edits } = ledger
  ledger.edited()
  ledger.stored(edits)
  expect(ledger.unsaved).toBe(true)
  ledger.stored(ledger.edits)
  expect(ledger.unsaved).toBe(false)
  ledger.connected()
  ledger.settled(0)
  expect(ledger.unsaved).toBe(false)
})

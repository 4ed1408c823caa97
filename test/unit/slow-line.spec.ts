import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import { notTaken } from '@multilogue/shared/collab'
import type { Problem } from '@multilogue/shared/problems'
import * as Y from 'yjs'
import { SaveLedger } from '../../client/src/lib/collab/save-ledger.js'
import { SlowLine, type Exchanged } from '../../client/src/lib/collab/slow-line.js'

const problemOf = (name: Parameters<typeof notTaken>[0]): Problem =>
  (notTaken(name, false) as { problem: Problem }).problem
const GAP: Exchanged = { kind: 'gap', problem: problemOf('edit-out-of-order') }

/** A server that answers one request after the other, and a page with a copy of its text. */
function stage() {
  const server = new Y.Doc()
  server.getText().insert(0, 'Stored.')
  const copy = { doc: new Y.Doc(), ledger: new SaveLedger(), pending: [] as Uint8Array[] }
  copy.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === line) return
    copy.pending.push(update)
    copy.ledger.edited()
  })
  const asked: { update: Uint8Array | undefined; answer: (exchanged?: Exchanged) => Promise<void> }[] = []
  const said: string[] = []
  const exchange = (vector: Uint8Array, update: Uint8Array | undefined) =>
    new Promise<Exchanged>((resolve) => {
      asked.push({
        update,
        answer: async (exchanged) => {
          if (!exchanged && update) Y.applyUpdate(server, update)
          resolve(exchanged ?? { kind: 'merged', update: Y.encodeStateAsUpdate(server, vector), no: 7 })
          await jest.advanceTimersByTimeAsync(0)
        },
      })
    })
  const line = new SlowLine(copy, exchange, {
    onchange: () => undefined,
    onmerged: (no) => {
      if (!copy.ledger.unsaved) copy.pending = []
      said.push(`merged ${no}`)
    },
    onlater: ({ type }) => said.push(`later ${type}`),
    onrefused: ({ type }) => said.push(`refused ${type}`),
    onclosed: (code) => said.push(`closed ${code}`),
  })
  return { server, copy, asked, said, line }
}

beforeEach(() => {
  jest.useFakeTimers()
  Object.assign(globalThis, { document: { visibilityState: 'visible' } })
})
afterEach(() => void jest.useRealTimers())

it('[LINE-2] the text comes with the first answer, words go with the next request and are saved by its answer', async () => {
  const { server, copy, asked, line } = stage()
  line.start()
  expect(line.up).toBeUndefined()
  await asked[0]!.answer()
  expect(line.up).toBe(true)
  expect(copy.doc.getText().toJSON()).toBe('Stored.')
  expect(copy.ledger.unsaved).toBe(false)
  copy.doc.getText().insert(7, ' Mine.')
  await jest.advanceTimersByTimeAsync(2000)
  expect(asked[1]!.update).toBeDefined()
  copy.doc.getText().insert(13, ' More.')
  await asked[1]!.answer()
  expect(server.getText().toJSON()).toBe('Stored. Mine.')
  expect(copy.ledger.unsaved).toBe(true)
  await jest.advanceTimersByTimeAsync(2000)
  await asked[2]!.answer()
  expect(server.getText().toJSON()).toBe('Stored. Mine. More.')
  expect(copy.ledger.unsaved).toBe(false)
})

it('[LINE-3] an edit that comes too early is sent again with everything, and only then refused', async () => {
  const { copy, asked, said, line } = stage()
  line.start()
  await asked[0]!.answer()
  copy.doc.getText().insert(7, ' Mine.')
  await jest.advanceTimersByTimeAsync(2000)
  await asked[1]!.answer(GAP)
  expect(copy.ledger.unsaved).toBe(true)
  await jest.advanceTimersByTimeAsync(2000)
  expect(asked[2]!.update!.length).toBeGreaterThan(asked[1]!.update!.length)
  await asked[2]!.answer(GAP)
  expect(said).toEqual(['merged 7', 'refused /problems/edit-out-of-order'])
  await jest.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(3)
})

it('[LINE-4] the pace is slower while nobody looks and nothing waits, and while nobody answers', async () => {
  const { asked, line } = stage()
  line.start()
  await asked[0]!.answer({ kind: 'unreachable' })
  expect(line.up).toBe(false)
  await jest.advanceTimersByTimeAsync(4999)
  expect(asked).toHaveLength(1)
  await jest.advanceTimersByTimeAsync(1)
  await asked[1]!.answer()
  await jest.advanceTimersByTimeAsync(2000)
  expect(asked).toHaveLength(3)
  Object.assign(globalThis.document, { visibilityState: 'hidden' })
  await asked[2]!.answer()
  await jest.advanceTimersByTimeAsync(4999)
  expect(asked).toHaveLength(3)
  line.hurry()
  expect(asked).toHaveLength(4)
})

it('[LINE-5] an answer that comes after the end is merged, and no more is asked', async () => {
  const { copy, asked, line } = stage()
  line.start()
  line.stop()
  await asked[0]!.answer()
  expect(copy.doc.getText().toJSON()).toBe('Stored.')
  await jest.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(1)
  expect(line.running).toBe(false)
})

it.each<[Exchanged, string]>([
  [{ kind: 'refused', problem: problemOf('text-not-writable') }, 'refused /problems/text-not-writable'],
  [{ kind: 'later', problem: problemOf('not-saved') }, 'later /problems/not-saved'],
  [{ kind: 'closed', code: 4404 }, 'closed 4404'],
])('[LINE-6] %p is told', async (exchanged, expected) => {
  const { asked, said, line } = stage()
  line.start()
  await asked[0]!.answer(exchanged)
  expect(said).toEqual([expected])
  await jest.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(exchanged.kind === 'later' ? 2 : 1)
})

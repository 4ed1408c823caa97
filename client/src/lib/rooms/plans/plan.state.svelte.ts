import type { Card } from '@multilogue/shared/collab'
import { placeBetween } from '@multilogue/shared/order'
import { findingsOf } from '@multilogue/shared/plan-checks'
import {
  addRow,
  planMaps,
  readPlanText,
  removeRow,
  setField,
  setJustification,
  setPrinciple,
  type TableName,
  type Value,
} from '@multilogue/shared/plan-text'
import type { Finding, Plan } from '@multilogue/shared/plans'
import * as Y from 'yjs'
import type { Wire } from '$lib/collab/wire'
import { byField, keyOf, NOBODY, whoIsWhere, type Place } from './whereabouts'

/** The plan in an open text: what it says now, who is where in it, and every edit that a person does. */
export class PlanState {
  #plan = $state.raw<Plan>({ items: [], results: [], indicators: [], principles: [] })
  #others = $state.raw(NOBODY)
  #undoable = $state(false)
  #redoable = $state(false)
  readonly findings: Finding[] = $derived(findingsOf(this.#plan))
  readonly #problems = $derived(byField(this.findings))
  readonly #undo: Y.UndoManager
  readonly #stop: () => void

  constructor(private readonly wire: Wire) {
    const { doc, awareness } = wire
    const maps = planMaps(doc)
    const read = () => (this.#plan = readPlanText(doc))
    const look = () => (this.#others = whoIsWhere(wire))
    this.#undo = new Y.UndoManager(maps, { captureTimeout: 0 })
    this.#undo.addTrackedOrigin(this)
    const count = () => {
      this.#undoable = this.#undo.canUndo()
      this.#redoable = this.#undo.canRedo()
    }
    for (const map of maps) map.observeDeep(read)
    this.#undo.on('stack-item-added', count)
    this.#undo.on('stack-item-popped', count)
    awareness.on('change', look)
    this.#stop = () => {
      for (const map of maps) map.unobserveDeep(read)
      this.#undo.destroy()
      awareness.off('change', look)
    }
    read()
    look()
  }

  get plan(): Plan {
    return this.#plan
  }
  get undoable(): boolean {
    return this.#undoable
  }
  get redoable(): boolean {
    return this.#redoable
  }

  close(): void {
    this.goTo(null)
    this.#stop()
  }

  /** The value as it stands in the text, valid or not. */
  valueOf({ table, id, field }: Place): unknown {
    // Reading the plan makes whoever asks look again when it has changed.
    void this.#plan
    const row = this.wire.doc.getMap(table).get(id)
    return row instanceof Y.Map ? row.get(field) : undefined
  }

  problemsOf(place: Place): Finding[] {
    return this.#problems.get(keyOf(place)) ?? []
  }

  /** Who else is in the field. */
  whoIsIn(place: Place): Card[] {
    return this.#others.get(keyOf(place)) ?? []
  }

  /** Says to the others where this person is; null: nowhere in the tables. */
  goTo(place: Place | null): void {
    const { awareness } = this.wire
    const before = awareness.getLocalState()?.place as string | null | undefined
    const now = place ? keyOf(place) : null
    if (awareness.getLocalState() && (before ?? null) !== now) awareness.setLocalStateField('place', now)
  }

  set({ table, id, field }: Place, value: Value): void {
    if (JSON.stringify(this.valueOf({ table, id, field }) ?? '') === JSON.stringify(value)) return
    this.#edit((doc) => setField(doc, table, id, field, value))
  }

  /** @param after  the row above; left out: at the end. @returns the new row's id */
  add(table: TableName, fields: Record<string, Value> = {}, after?: string): string {
    const id = crypto.randomUUID()
    this.#edit((doc) => addRow(doc, table, id, { ...fields, order: this.#placeAfter(table, after) }))
    return id
  }

  duplicate(table: TableName, id: string): string | undefined {
    const row = this.wire.doc.getMap(table).get(id)
    if (!(row instanceof Y.Map)) return undefined
    return this.add(table, row.toJSON() as Record<string, Value>, id)
  }

  remove(table: TableName, id: string): void {
    this.#edit((doc) => removeRow(doc, table, id))
  }

  /** Puts a row before another; null: at the end. */
  moveBefore(table: TableName, id: string, next: string | null): void {
    const rows = this.#plan[table].filter((row) => row.id !== id)
    const at = next === null ? rows.length : rows.findIndex((row) => row.id === next)
    if (at < 0) return
    const order = placeBetween(rows[at - 1]?.order ?? null, rows[at]?.order ?? null)
    this.#edit((doc) => setField(doc, table, id, 'order', order))
  }

  moveBy(table: TableName, id: string, by: 1 | -1): void {
    const rows = this.#plan[table]
    const at = rows.findIndex((row) => row.id === id)
    if (at < 0 || at + by < 0 || at + by >= rows.length) return
    this.moveBefore(table, id, rows[by < 0 ? at - 1 : at + 2]?.id ?? null)
  }

  answer(principle: string, met: boolean): void {
    this.#edit((doc) => setPrinciple(doc, principle, met))
  }
  justify(principle: string, text: string): void {
    this.#edit((doc) => setJustification(doc, principle, text))
  }

  undo(): void {
    this.#undo.undo()
  }
  redo(): void {
    this.#undo.redo()
  }

  #edit(change: (doc: Y.Doc) => void): void {
    this.wire.doc.transact(() => change(this.wire.doc), this)
  }

  #placeAfter(table: TableName, after: string | undefined): string {
    const rows = this.#plan[table]
    const at = after === undefined ? rows.length - 1 : rows.findIndex(({ id }) => id === after)
    return placeBetween(rows[at]?.order ?? null, rows[at + 1]?.order ?? null)
  }
}

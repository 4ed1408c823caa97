import { beforeEach, describe, expect, it } from '@jest/globals'
import { byPlace, isPlace, placeBetween } from '@multilogue/shared/order'
import { findingsOf } from '@multilogue/shared/plan-checks'
import { addRow, readPlanText, removeRow, setField, setJustification, setPrinciple } from '@multilogue/shared/plan-text'
import * as Y from 'yjs'
import { newId } from '../../server/src/common/ids.js'
import { writePlan, type PlanIds } from '../support/a-plan.js'

/** Two people's copies, apart until they meet. */
function meet(one: Y.Doc, other: Y.Doc): void {
  const [mine, theirs] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(other)]
  Y.applyUpdate(one, theirs)
  Y.applyUpdate(other, mine)
}
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

let doc: Y.Doc
let ids: PlanIds
beforeEach(() => {
  doc = new Y.Doc()
  ids = writePlan(doc)
})

describe('Places', () => {
  it('[PLAN-1] between any two places there is another, and moves stay in order', () => {
    const places: string[] = []
    let seed = 7
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below
    for (let i = 0; i < 2000; i++) {
      const at = random(places.length + 1)
      const place = placeBetween(places[at - 1] ?? null, places[at] ?? null)
      expect(isPlace(place)).toBe(true)
      places.splice(at, 0, place)
    }
    expect(places.every((place, at) => at === 0 || places[at - 1]! < place)).toBe(true)
  })

  it('[PLAN-1] a thousand rows one below the other keep short places', () => {
    let place: string | null = null
    for (let i = 0; i < 1000; i++) place = placeBetween(place, null)
    expect(place!.length).toBeLessThan(60)
  })

  it('[PLAN-1] two rows at one place stand in one order everywhere, and a row can still go between', () => {
    const [a, b] = [
      { order: 'V', id: 'a' },
      { order: 'V', id: 'b' },
    ]
    expect([b, a].sort(byPlace)).toEqual([a, b])
    expect(placeBetween('V', 'V') > 'V').toBe(true)
  })
})

describe('Fields', () => {
  it('[PLAN-2] two people in two fields of one row both win', () => {
    const other = copyOf(doc)
    setField(doc, 'items', ids.item, 'lead', 'ETH')
    setField(other, 'items', ids.item, 'budget', '1200.50')
    setField(other, 'items', ids.item, 'currency', 'EUR')
    meet(doc, other)
    expect(readPlanText(doc)).toEqual(readPlanText(other))
    expect(readPlanText(doc).items[0]).toMatchObject({ lead: 'ETH', budget: '1200.50', currency: 'EUR' })
  })

  it('[PLAN-2] two axes of one row are two fields', () => {
    const other = copyOf(doc)
    setField(doc, 'items', ids.item, 'lane.5c', 'credit')
    setField(other, 'items', ids.item, 'lane.axis', 'marketing')
    meet(doc, other)
    expect(readPlanText(doc).items[0]!.lanes).toEqual({ '5c': 'credit', axis: 'marketing' })
  })

  it('[PLAN-2] a row that is removed stays removed while somebody else is in it', () => {
    const other = copyOf(doc)
    removeRow(doc, 'items', ids.item)
    setField(other, 'items', ids.item, 'lead', 'ETH')
    meet(doc, other)
    expect(readPlanText(other).items).toEqual([])
    expect(readPlanText(doc).items).toEqual([])
    setField(doc, 'items', ids.item, 'lead', 'GHA')
    expect(readPlanText(doc).items).toEqual([])
  })

  it.each([
    ['due', '2027-13-40', 'invalid'],
    ['budget', '-4', 'invalid'],
    ['budget', 'a lot', 'invalid'],
    ['currency', 'euro', 'invalid'],
    ['genderMarker', 3, 'invalid'],
    ['targets', ['99.9'], 'invalid'],
    ['lane.5c', 'cosy', 'invalid'],
    ['recommendations', ['no id'], 'invalid'],
    ['activity', 'x'.repeat(2001), 'invalid'],
    ['activity', 'a\u0000b', 'invalid'],
    ['activity', 'half \ud800', 'invalid'],
  ])('[PLAN-3] %s as %j is kept out and told', (field, value, problem) => {
    setField(doc, 'items', ids.item, field, value)
    const [item] = readPlanText(doc).items
    expect(item!.problems).toEqual([{ field, problem }])
    expect(Object.values({ ...item, ...item!.lanes })).not.toContainEqual(value)
  })

  it('[PLAN-3] an end before the beginning and an amount without currency are told', () => {
    setField(doc, 'items', ids.item, 'start', '2028-01-01')
    setField(doc, 'items', ids.item, 'budget', '5')
    expect(readPlanText(doc).items[0]!.problems).toEqual([
      { field: 'due', problem: 'before-start' },
      { field: 'currency', problem: 'no-currency' },
    ])
  })

  it('[PLAN-3] what is no row at all is left out', () => {
    doc.getMap('items').set('not-an-id', new Y.Map([['lead', 'GHA']]))
    doc.getMap('items').set(newId(), 'words')
    addRow(doc, 'items', newId(), {})
    expect(readPlanText(doc).items).toHaveLength(2)
  })
})

describe('Checks', () => {
  const told = () => findingsOf(readPlanText(doc)).map(({ on, field, what }) => `${on} ${field} ${what}`)

  it('[PLAN-4] a complete plan has nothing to be said against it', () => {
    expect(told()).toEqual([])
  })

  it('[PLAN-4] an empty plan has no actions and answers no principle', () => {
    doc = new Y.Doc()
    expect(told()).toEqual(['plan  no-items', ...Array.from({ length: 5 }, () => 'principles  missing')])
  })

  it.each(['activity', 'lead', 'due', 'resultId'])('[PLAN-4] an action needs its %s', (field) => {
    setField(doc, 'items', ids.item, field, '')
    expect(told()).toEqual([`items ${field} missing`])
  })

  it.each([
    ...['title', 'unit', 'baseline', 'target', 'method', 'source', 'responsible', 'frequency', 'disaggregation'],
  ])('[PLAN-4] an indicator needs its %s', (field) => {
    setField(doc, 'indicators', ids.indicator, field, '')
    expect(told()).toEqual([`indicators ${field} missing`])
  })

  it('[PLAN-4] an action hangs on a result of the level activity', () => {
    setField(doc, 'items', ids.item, 'resultId', ids.impact)
    expect(told()).toEqual(['items resultId not-an-activity'])
    setField(doc, 'items', ids.item, 'resultId', newId())
    expect(told()).toEqual(['items resultId unknown-result'])
  })

  it('[PLAN-5] breaks in the chain are told where they are', () => {
    setField(doc, 'results', ids.activity, 'parentId', '')
    expect(told()).toEqual(['results parentId no-parent'])
    setField(doc, 'results', ids.activity, 'parentId', newId())
    expect(told()).toEqual(['results parentId unknown-result'])
    setField(doc, 'results', ids.activity, 'parentId', ids.impact)
    setField(doc, 'results', ids.impact, 'level', 'activity')
    expect(told()).toEqual(['results parentId no-parent', 'results parentId wrong-level'])
  })

  it('[PLAN-5] a ring of results is told and does not hang', () => {
    setField(doc, 'results', ids.impact, 'parentId', ids.activity)
    expect(told()).toEqual(['results parentId endless', 'results parentId endless'])
    setField(doc, 'results', ids.impact, 'parentId', ids.impact)
    expect(told()).toEqual(['results parentId endless'])
  })

  it('[PLAN-6] a principle that is not met needs a justification', () => {
    setPrinciple(doc, 'clusters', false)
    expect(told()).toEqual(['principles  unjustified'])
    setJustification(doc, 'clusters', 'No cluster exists yet.')
    expect(told()).toEqual([])
  })

  it('[PLAN-4] an invalid value is told once, as what it is', () => {
    setField(doc, 'items', ids.item, 'due', 'soon')
    expect(told()).toEqual(['items due invalid'])
  })
})

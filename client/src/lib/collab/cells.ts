import { TABLES } from '@multilogue/shared/plan-text'
import * as Y from 'yjs'
import { term } from '$lib/i18n/i18n.svelte'

/**
 * What stands in the fields of a plan's tables, by the field, with the field's name before it: words that are kept for
 * their author must be understood without the table around them.
 * @param isMeant  whether a field's item is one of those looked for
 */
export function cellsOf(doc: Y.Doc, isMeant: (item: Y.Item) => boolean = () => true): Map<string, string> {
  const cells = new Map<string, string>()
  for (const table of TABLES)
    for (const [id, row] of doc.getMap(table)) {
      if (!(row instanceof Y.Map)) continue
      for (const [field, item] of row._map)
        if (field !== 'order' && !item.deleted && isMeant(item))
          cells.set(`${table}/${id}/${field}`, `${term(`plans.field.${field}`)}: ${String(row.get(field))}`)
    }
  return cells
}

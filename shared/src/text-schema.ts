/**
 * What a text is made of, and the version of that. An editor deletes from a shared text what its own schema does not
 * know, so the server tells its version with each connection and exchange, and a page that knows less does not write.
 * Raise it with every node, mark or attribute that texts can newly hold.
 */
export const TEXT_SCHEMA = 1

/** By name, the attributes that a node can have. */
export const NODES: Record<string, string[]> = {
  paragraph: ['id', 'part', 'depth', 'bis'],
  heading: ['id', 'level'],
  bulletList: [],
  orderedList: ['start', 'type'],
  listItem: [],
  blockquote: [],
  table: [],
  tableRow: [],
  tableHeader: ['colspan', 'rowspan', 'colwidth', 'align'],
  tableCell: ['colspan', 'rowspan', 'colwidth', 'align'],
  footnote: ['text'],
  crossReference: ['to'],
  hardBreak: [],
}
export const MARKS = ['bold', 'italic', 'underline', 'strike', 'code', 'bracket']

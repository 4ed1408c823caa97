import { randomBytes } from 'node:crypto'

/** Documents of servers that make them when somebody asks; names as long as Multilogue's. */
export const namedDocuments = async (count) =>
  Array.from({ length: count }, () => randomBytes(18).toString('hex'))

/** A presence state as stock editors send it: who one is goes along with every move. */
export const stockState = (at, cursor) => ({ ...cursor, user: { name: `Adviser ${at}`, color: '#2b6cb0' } })

/** The y-websocket protocol as it is. */
export const stockDialect = {
  target: (document) => ({ path: `/${document}` }),
  hello: () => [],
  wrap: (_document, frame) => frame,
  unwrap: (_document, payload) => payload,
  state: stockState,
}

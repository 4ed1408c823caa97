import { randomBytes } from 'node:crypto'

/** Documents of servers that make them when somebody asks; names as long as Multilogue's. */
export const namedDocuments = async (count) => Array.from({ length: count }, () => randomBytes(18).toString('hex'))

/** A presence state as stock editors send it: who one is goes along with every move. */
export const stockState = (at, cursor) => ({ ...cursor, user: { name: `Adviser ${at}`, color: '#2b6cb0' } })

/**
 * The y-websocket protocol as it is. A dialect says where a document is found and how a person shows presence; its
 * `session` is one connection: what is said first, and how a frame is put on the wire and taken off it again.
 */
export const stockDialect = {
  target: (document) => ({ path: `/${document}` }),
  session: () => ({ hello: [], wrap: (frame) => frame, unwrap: (payload) => [payload] }),
  state: stockState,
}

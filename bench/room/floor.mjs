import { fileURLToPath } from 'node:url'
import { startServer } from '../collab/processes.mjs'

const program = fileURLToPath(new URL('floor.server.mjs', import.meta.url))

/** Says what the product says, in as many bytes. @param sample  an event of the product */
export async function start(sample) {
  const { address, tree } = await startServer([program])
  let seq = 0
  const say = (_, body) =>
    fetch(address, {
      method: 'POST',
      body: JSON.stringify({
        ...sample,
        seq: ++seq,
        payload: { ...sample.payload, message: { ...sample.payload.message, body } },
      }),
    })
  return { address, tree, cookieOf: () => undefined, say, wordsOf: ({ payload }) => payload.message.body }
}

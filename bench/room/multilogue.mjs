import { startProduct } from '../product.mjs'

/** The product as it is started, with its demo people: the head of each delegation many times over. */
export async function start(folder) {
  const { address, tree, heads } = await startProduct(folder)
  const [{ id: roundId }] = await heads[0].call('GET', '/rounds')
  const { sessions } = await heads[0].call('GET', `/rounds/${roundId}`)
  const { id: sessionId } = sessions.find(({ status }) => status === 'live')
  const { items, currentItemId } = await heads[0].call('GET', `/sessions/${sessionId}`)
  const { threadId } = items.find(({ id }) => id === currentItemId)
  return {
    address,
    tree,
    path: `/sessions/${sessionId}`,
    stream: `round:${roundId}`,
    cookieOf: (at) => heads[at % heads.length].cookie,
    say: (at, body) => heads[at % heads.length].call('POST', `/threads/${threadId}/messages`, { body, language: 'en' }),
    wordsOf: ({ name, payload }) => (name === 'message.posted' ? payload.message.body : undefined),
  }
}

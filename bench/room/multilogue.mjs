import fs from 'node:fs'
import { createRequire } from 'node:module'
import { startServer } from '../collab/processes.mjs'
import { person } from '../editor/multilogue.mjs'

const main = createRequire(import.meta.url).resolve('../../server/dist/main.js')
const CODES = ['gha', 'eth', 'mar', 'tun', 'col', 'mex', 'ind', 'idn', 'pak', 'kor', 'deu', 'che']

/** The product as it is started, with its demo people: the head of each delegation many times over. */
export async function start(folder) {
  fs.mkdirSync(folder, { mode: 0o755 })
  const env = {
    DATA_DIR: folder,
    PORT: '0',
    LOG_LEVEL: 'error',
    WRITES_PER_MINUTE: '100000',
    SIGN_INS_PER_MINUTE: '1000',
  }
  const { address, tree } = await startServer([main], { env, log: `${folder}.log` })
  const heads = await Promise.all(CODES.map((code) => person(address, `${code}.head`)))
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

import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startServer } from './collab/processes.mjs'

const main = fileURLToPath(new URL('../server/dist/main.js', import.meta.url))
/** The demo's member delegations. */
const CODES = ['gha', 'eth', 'mar', 'tun', 'col', 'mex', 'ind', 'idn', 'pak', 'kor', 'deu', 'che']

/** The product as it is started, with its demo people. @returns {address, tree}, and the `heads` of all delegations */
export async function startProduct(folder) {
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
  return { address, tree, heads }
}

export async function person(address, who) {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ email: `${who}@demo.test`, password: 'multilogue-demo' })
  const response = await fetch(`${address}/api/sign-in`, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`${who}: ${await response.text()}`)
  const cookie = response.headers.get('set-cookie').split(';')[0]
  const call = async (method, route, input) => {
    const sent = { method, headers: { ...headers, cookie }, body: input && JSON.stringify(input) }
    const answer = await fetch(`${address}/api${route}`, sent)
    if (!answer.ok) throw new Error(`${method} ${route}: ${await answer.text()}`)
    return answer.json()
  }
  return { cookie, call }
}

/** Signs the head of a delegation in in a browser. */
export async function signIn(page, address) {
  await page.goto(address)
  await page.evaluate(() => localStorage.setItem('multilogue.language', 'en'))
  await page.evaluate(
    (body) => fetch('/api/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    JSON.stringify({ email: 'gha.head@demo.test', password: 'multilogue-demo' }),
  )
}

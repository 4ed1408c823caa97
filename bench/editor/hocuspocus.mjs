import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { build } from 'vite'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { startServer } from '../collab/processes.mjs'
import { PARAGRAPHS } from './sizes.mjs'
import { writeParagraphs } from './words.mjs'

const program = fileURLToPath(new URL('../collab/servers/hocuspocus.server.mjs', import.meta.url))
const peer = fileURLToPath(new URL('peer', import.meta.url))
const DOCUMENT = 'long-text'
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' }

/** A page with TipTap as its documentation sets it up for collaboration, on a Hocuspocus server. */
export async function start(folder) {
  fs.mkdirSync(folder, { mode: 0o755 })
  const { address, tree } = await startServer([program, folder], { log: `${folder}.log` })
  const outDir = `${folder}-page`
  await build({ root: peer, logLevel: 'error', build: { outDir, emptyOutDir: true, target: 'es2022' } })
  const page = await serve(outDir)
  const join = () => joined(address)
  const { doc, leave } = await join()
  writeParagraphs(doc, 0, PARAGRAPHS)
  await settled(doc, join)
  leave()
  return {
    address: page.address,
    path: `/?server=${encodeURIComponent(address.replace('http', 'ws'))}&document=${DOCUMENT}`,
    editor: '.ProseMirror[contenteditable="true"]',
    join,
    signIn: () => Promise.resolve(),
    stop: async () => {
      page.close()
      await tree.stop()
    },
  }
}

async function joined(address) {
  const doc = new Y.Doc()
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: address.replace('http', 'ws'),
    WebSocketPolyfill: WebSocket,
  })
  const provider = new HocuspocusProvider({ websocketProvider, name: DOCUMENT, document: doc })
  provider.attach()
  await new Promise((resolve) => provider.on('synced', resolve))
  const leave = () => {
    provider.destroy()
    websocketProvider.destroy()
  }
  return { doc, awareness: provider.awareness, leave }
}

/** Waits until a newcomer gets all paragraphs. */
async function settled(doc, join) {
  for (;;) {
    const newcomer = await join()
    const count = newcomer.doc.getXmlFragment('default').length
    newcomer.leave()
    if (count >= doc.getXmlFragment('default').length) return
  }
}

/** The built page, compressed as any host of pages would send it. */
function serve(folder) {
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://page')
    const file = path.join(folder, pathname === '/' ? 'index.html' : pathname)
    if (!file.startsWith(folder) || !fs.existsSync(file)) return response.writeHead(404).end()
    const { gzipSync } = await import('node:zlib')
    const body = gzipSync(fs.readFileSync(file))
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', 'content-length': body.length })
    response.end(body)
  })
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({ address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }),
    ),
  )
}

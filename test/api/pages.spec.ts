import { createHash } from 'node:crypto'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CONTRACTS } from '@multilogue/shared/api'
import { newId } from '../../server/src/common/ids.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { expectProblem, send } from './raw.js'

/* What the server answers besides the API: pages, health, numbers and its own description. */

const SCRIPT = 'console.log("start")'
let folder: string
let stage: Stage
let round: SmallRound

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'))
  const build = join(folder, 'build')
  mkdirSync(join(build, '_app/immutable'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'not for you')
  writeFileSync(join(build, 'index.html'), `<!doctype html><title>Multilogue</title><script>${SCRIPT}</script>`)
  writeFileSync(join(build, '_app/immutable/a.js'), 'export {}')
  writeFileSync(join(build, '_app/immutable/b.js'), 'export const compressed = false')
  writeFileSync(join(build, '_app/immutable/b.js.br'), brotliCompressSync('export const compressed = true'))
  for (const name of ['gone.js', 'gone.js.br']) writeFileSync(join(build, '_app/immutable', name), 'export {}')
  stage = await Stage.open({}, build)
  round = await smallRound(stage.world)
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

const get = (path: string, headers = {}) => send(stage, `GET ${path}`, { headers })

describe('Health', () => {
  it('[HEALTH-1] /healthz answers while the server lives, /readyz while it can take work', async () => {
    expect(JSON.parse((await get('/healthz')).text)).toEqual({ status: 'ok', demo: true })
    const ready = await get('/readyz')
    expect(ready.status).toBe(200)
    expect(JSON.parse(ready.text)).toMatchObject({ ready: true, database: true, migrations: true, bus: true })
  })

  it('[HEALTH-2] /readyz says no while a migration has not run', async () => {
    const [last] = await stage.source.query<{ id: number; timestamp: string; name: string }[]>(
      `SELECT * FROM migration ORDER BY id DESC LIMIT 1`,
    )
    await stage.source.query(`DELETE FROM migration WHERE id = $1`, [last!.id])
    const ready = await get('/readyz')
    expect(ready.status).toBe(503)
    expect(JSON.parse(ready.text)).toMatchObject({ ready: false, database: true, migrations: false })
    expect((await get('/healthz')).status).toBe(200)
    const { id, timestamp, name } = last!
    await stage.source.query(`INSERT INTO migration (id, timestamp, name) VALUES ($1, $2, $3)`, [id, timestamp, name])
    expect((await get('/readyz')).status).toBe(200)
  })

  it('[HEALTH-3] /metrics counts by route and never by id', async () => {
    await send(stage, `GET /api/rounds/${round.roundId}`, { who: 'gha.head' })
    const { status, headers, text } = await get('/metrics')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^text\/plain/)
    expect(text).toMatch(
      /multilogue_request_seconds_count\{method="GET",route="\/api\/rounds\/:roundId",status="200"\} 1/,
    )
    for (const name of ['room_readers', 'text_connections', 'texts_open'])
      expect(text).toContain(`multilogue_${name} 0`)
    expect(text).not.toContain(round.roundId)
  })
})

describe('The description of the API', () => {
  type Described = Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>>
  const described = async () =>
    JSON.parse((await get('/api/openapi.json')).text) as { openapi: string; paths: Described }

  it('[DOCS-1] lists every contract and nothing else', async () => {
    const { openapi, paths } = await described()
    expect(openapi).toBe('3.1.0')
    const listed = Object.entries(paths).flatMap(([path, of]) =>
      Object.entries(of).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
    )
    const known = [...CONTRACTS.values()].map(
      ({ name, method, path }) => `${name} ${method} /api${path.replace(/:(\w+)/g, '{$1}')}`,
    )
    expect(listed.sort()).toEqual(known.sort())
    const { parameters } = paths['/api/threads/{threadId}/messages']!.post!
    expect(parameters.map(({ name }) => name)).toEqual(['threadId', 'x-seat', 'Idempotency-Key'])
  })

  it('[DOCS-2] can be browsed, with scripts and styles of its own', async () => {
    const page = await get('/api/docs')
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    const linked = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!)
    expect(linked).toHaveLength(3)
    for (const address of linked) {
      const { status, headers, text } = await get(address)
      expect({ address, status }).toEqual({ address, status: 200 })
      expect(headers.get('content-type')).toMatch(address.endsWith('.css') ? /^text\/css/ : /javascript/)
      expect(text.length).toBeGreaterThan(20)
    }
    expect(page.text).not.toMatch(/<script>|style="|https?:\/\//)
  })
})

describe('Pages', () => {
  it('[PAGES-1] come under a strict content security policy, and so does everything else', async () => {
    const hash = createHash('sha256').update(SCRIPT).digest('base64')
    for (const path of [
      '/',
      '/sign-in',
      '/api/docs',
      '/api/openapi.json',
      '/api/nothing',
      '/healthz',
      '/_app/immutable/a.js',
    ]) {
      const { headers } = await get(path)
      const policy = headers.get('content-security-policy')!
      expect(policy).toContain(`script-src 'self' 'sha256-${hash}'`)
      for (const directive of ["default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'"])
        expect(policy).toContain(directive)
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  it('[PAGES-7] other sites may show in a frame what is made for it, and nothing else', async () => {
    const within = await get(`/embed/rounds/${newId()}/charts/map`)
    expect(within.headers.get('content-security-policy')).toMatch(/frame-ancestors \*(;|$)/)
    expect(within.headers.get('x-frame-options')).toBeNull()
    const elsewhere = [`/embed/rounds/${newId()}/charts/x`, '/embed/', '/public/embed/', '/api/embed/']
    for (const path of ['/', '/embed', '/embedded', ...elsewhere]) {
      const { headers } = await get(path)
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-frame-options')).toBe('DENY')
    }
  })

  it('[PAGES-2] every address of a page answers the page; hashed files are kept for good', async () => {
    for (const path of ['/', `/sessions/${newId()}?item=1`, '/documents/x']) {
      const { status, headers, text } = await get(path)
      expect({ status, cache: headers.get('cache-control') }).toEqual({ status: 200, cache: 'no-cache' })
      expect(text).toContain('<title>Multilogue</title>')
    }
    expect((await get('/_app/immutable/a.js')).headers.get('cache-control')).toMatch(/max-age=31536000, immutable/)
    expectProblem(await get('/api/nothing'), 'not-found')
  })

  it('[PAGES-5] scripts are sent as the build has compressed them', async () => {
    const { headers, text } = await get('/_app/immutable/b.js', { 'accept-encoding': 'br' })
    expect(headers.get('content-encoding')).toBe('br')
    expect(headers.get('content-type')).toMatch(/^text\/javascript/)
    expect(headers.get('cache-control')).toMatch(/immutable/)
    expect(text).toBe('export const compressed = true')
  })

  it('[PAGES-6] a file that is gone since the start is not found, and the server goes on', async () => {
    for (const name of ['gone.js', 'gone.js.br']) rmSync(join(folder, 'build/_app/immutable', name))
    for (const encoding of ['br', 'identity'])
      expect((await get('/_app/immutable/gone.js', { 'accept-encoding': encoding })).status).toBe(404)
    expect((await get('/healthz')).status).toBe(200)
  })

  it('[PAGES-3] nothing outside of them is given away', async () => {
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/_app/%2e%2e%2f%2e%2e%2fsecret.txt',
      '/%00',
    ])
      expect((await get(path)).text).not.toContain('not for you')
  })

  it('[PAGES-4] answers of the API are kept by no cache', async () => {
    const { headers } = await send(stage, 'GET /api/me', { who: 'gha.head' })
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

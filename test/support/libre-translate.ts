import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Asked {
  q: string
  source: string
  target: string
  format: string
  api_key?: string
}

/** A server that speaks LibreTranslate's API, and says in which languages it was asked. */
export class LibreTranslateServer {
  readonly asked: Asked[] = []
  /** What it does with the next questions. */
  mood: 'answers' | 'refuses' | 'babbles' = 'answers'
  /** Questions wait for it. */
  gate: Promise<void> = Promise.resolve()

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(key: string): Promise<LibreTranslateServer> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const asked = JSON.parse(Buffer.concat(parts).toString('utf8')) as Asked
        libre.asked.push(asked)
        const answer = (status: number, body: object) =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
        void libre.gate.then(() => {
          if (request.method !== 'POST' || request.url !== '/translate') return answer(404, { error: 'Not Found' })
          if (asked.api_key !== key) return answer(403, { error: 'Invalid API key' })
          if (libre.mood === 'refuses') return answer(429, { error: 'Slowdown' })
          if (libre.mood === 'babbles') return answer(200, { translated: asked.q })
          return answer(200, { translatedText: `${asked.target}: ${asked.q}` })
        })
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const libre = new LibreTranslateServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    return libre
  }

  close(): Promise<void> {
    this.server.closeAllConnections()
    return new Promise((resolve) => this.server.close(() => resolve()))
  }
}

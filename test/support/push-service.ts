import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Words {
  number: number
  title: string
  body: string
  lang: string
  dir: string
}
export interface Pushed {
  browser: string
  headers: IncomingHttpHeaders
  words: Words
}

/** Stands for the service of a browser's maker: takes what is signed (RFC 8292), and reads it as the browser would (RFC 8291). */
export class PushService {
  readonly pushed: Pushed[] = []
  /** What the next ones are answered with, first to last; then 201. */
  readonly answers: number[] = []
  asked = 0
  private readonly browsers = new Map<string, { ecdh: ECDH; auth: Buffer }>()

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<PushService> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        service.asked++
        const status =
          service.answers.shift() ?? service.take(request.url!.slice(1), request.headers, Buffer.concat(parts))
        response.writeHead(status).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const service = new PushService(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    return service
  }

  /** A browser that lets itself be told, as it says so to the forum. */
  browser(name: string) {
    const ecdh = createECDH('prime256v1')
    const p256dh = ecdh.generateKeys().toString('base64url')
    const auth = randomBytes(16)
    this.browsers.set(name, { ecdh, auth })
    return { endpoint: `${this.url}/${name}`, p256dh, auth: auth.toString('base64url') }
  }

  to(browser: string): Words[] {
    return this.pushed.filter((one) => one.browser === browser).map(({ words }) => words)
  }

  close(): Promise<void> {
    this.server.closeAllConnections()
    return new Promise((resolve) => this.server.close(() => resolve()))
  }

  private take(name: string, headers: IncomingHttpHeaders, body: Buffer): number {
    const browser = this.browsers.get(name)
    if (!browser) return 410
    if (!isSigned(headers.authorization ?? '', this.url)) return 403
    this.pushed.push({ browser: name, headers, words: JSON.parse(opened(body, browser)) as Words })
    return 201
  }
}

/** By the forum that the key belongs to, for this service. */
export function isSigned(authorization: string, audience: string): boolean {
  const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization)!
  const [head, claims, signature] = token!.split('.') as [string, string, string]
  const point = Buffer.from(key!, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const { aud } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string }
  const signed = Buffer.from(`${head}.${claims}`)
  const how = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  return aud === audience && verify('sha256', signed, how, Buffer.from(signature, 'base64url'))
}

/** One record of `aes128gcm` (RFC 8188), with the keys of the browser and of the sender. */
function opened(body: Buffer, { ecdh, auth }: { ecdh: ECDH; auth: Buffer }): string {
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + body[20]!)
  const sealed = body.subarray(21 + body[20]!)
  const derived = (secret: Buffer, from: Buffer, info: string | Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, from, info, length))
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender])
  const secret = derived(ecdh.computeSecret(sender), auth, about, 32)
  const key = derived(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const decipher = createDecipheriv('aes-128-gcm', key, derived(secret, salt, 'Content-Encoding: nonce\0', 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString()
}

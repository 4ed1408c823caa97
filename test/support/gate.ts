import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What stands between a browser and the server: a proxy as offices have them, or a line that is cut. */
export class Gate {
  /** `refuse`: answered with 403, as a filter does. `hang`: never answered. */
  upgrades: 'pass' | 'refuse' | 'hang' = 'pass'
  private readonly sockets = new Set<Duplex>()
  private isCut = false

  private constructor(
    private target: URL,
    private readonly server: Server,
  ) {
    server.on('connection', (socket: Socket) => this.keep(socket))
    server.on('request', (incoming: IncomingMessage, answer: ServerResponse) => this.forward(incoming, answer))
    server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(incoming, socket, head),
    )
  }

  static async before(target: string): Promise<Gate> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new Gate(new URL(target), server)
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Leads to another server from now on; what is open stays. */
  leadTo(target: string): void {
    this.target = new URL(target)
  }

  /** Nothing gets through any more. */
  cut(): void {
    this.isCut = true
    for (const socket of this.sockets) socket.destroy()
  }

  mend(): void {
    this.isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }

  private keep(socket: Duplex): void {
    if (this.isCut) return void socket.destroy()
    this.sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.sockets.delete(socket))
  }

  private forward(incoming: IncomingMessage, answer: ServerResponse): void {
    const { hostname, port } = this.target
    const { method, url, headers } = incoming
    const onward = request({ hostname, port, method, path: url, headers }, (said) => {
      answer.writeHead(said.statusCode ?? 502, said.headers)
      said.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    incoming.pipe(onward)
  }

  private upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.upgrades === 'hang') return
    if (this.upgrades === 'refuse') return void socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
    const onward = connect(Number(this.target.port), this.target.hostname, () => {
      const { rawHeaders } = incoming
      const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : []))
      onward.write([`${incoming.method} ${incoming.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
      onward.write(head)
      socket.pipe(onward)
      onward.pipe(socket)
    })
    this.keep(onward)
    onward.on('close', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  }
}

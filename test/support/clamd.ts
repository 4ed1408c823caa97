import { createServer, type AddressInfo, type Server } from 'node:net'

/** A daemon that speaks ClamAV's INSTREAM, and finds harm where a file says `HARM`. */
export class ClamdServer {
  scanned = 0
  /** It hangs up without an answer. */
  down = false

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<ClamdServer> {
    const server = createServer((socket) => {
      let known = Buffer.alloc(0)
      socket.on('error', () => socket.destroy())
      socket.on('data', (part) => {
        known = Buffer.concat([known, part])
        const file = fileIn(known)
        if (!file) return
        clamd.scanned++
        if (clamd.down) socket.destroy()
        else socket.end(file.includes('HARM') ? 'stream: Test.Harm FOUND\0' : 'stream: OK\0')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const clamd = new ClamdServer(server, `clamd://127.0.0.1:${(server.address() as AddressInfo).port}`)
    return clamd
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()))
  }
}

const COMMAND = 'zINSTREAM\0'

/** What was streamed, once its end is there. */
function fileIn(known: Buffer): Buffer | undefined {
  if (known.length < COMMAND.length) return undefined
  if (known.subarray(0, COMMAND.length).toString() !== COMMAND) return Buffer.from('HARM')
  const parts: Buffer[] = []
  for (let at = COMMAND.length; at + 4 <= known.length;) {
    const length = known.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    parts.push(known.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

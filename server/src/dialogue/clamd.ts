import { connect } from 'node:net'
import type { Scanner } from './scanner.js'

const PORT = 3310
const WITHIN_MS = 30_000
const CHUNK = 64 * 1024
/** Its answers are one line. */
const LONGEST = 4096

/**
 * The daemon of ClamAV. `zINSTREAM\0`, then chunks behind their length in four bytes, then a length of zero; the answer
 * is `stream: OK\0`, `stream: <name> FOUND\0` or something else when it could not tell.
 */
export class Clamd implements Scanner {
  private readonly host: string
  private readonly port: number

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.host = hostname.replace(/^\[|\]$/g, '')
    this.port = Number(port) || PORT
  }

  async scan(bytes: Uint8Array): Promise<string | null> {
    const answer = await this.ask(bytes)
    if (answer === 'stream: OK') return null
    const found = /^stream: (.+) FOUND$/.exec(answer)
    if (!found) throw new Error('The scanner could not tell.')
    return found[1]!
  }

  private ask(bytes: Uint8Array): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: this.host, port: this.port })
      const late = setTimeout(() => socket.destroy(new Error('The scanner is late.')), WITHIN_MS)
      let answer = ''
      socket.on('data', (part: Buffer) => {
        answer += part.toString('utf8')
        if (answer.includes('\0') || answer.length > LONGEST) socket.end()
      })
      socket.on('error', reject)
      socket.on('close', () => {
        clearTimeout(late)
        resolve(answer.split('\0')[0]!.trim())
      })
      socket.write('zINSTREAM\0')
      for (let at = 0; at < bytes.length; at += CHUNK) {
        const chunk = bytes.subarray(at, at + CHUNK)
        socket.write(lengthOf(chunk.length))
        socket.write(chunk)
      }
      socket.write(lengthOf(0))
    })
  }
}

function lengthOf(count: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(count)
  return length
}

import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Wire } from '../collab/ports.js'

/** Final frame, binary (RFC 6455, section 5.2). */
const FIRST_BYTE = 0x82

/** How long a peer may take to answer the closing, in milliseconds. */
const CLOSE_WAIT = 2_000

let last: { bytes: Uint8Array; frame: Buffer } | undefined

/**
 * A WebSocket as the engine sees it. One frame often goes to a whole room: it is put together once, and written as it
 * is to each socket, which saves more than half of the time that sending takes. The socket has no extensions, and
 * `ws` writes its own frames whole too, so nothing can come in between.
 */
export function wireOf(ws: WebSocket, socket: Duplex): Wire {
  return {
    send: (bytes) => {
      if (last?.bytes !== bytes) last = { bytes, frame: framed(bytes) }
      if (ws.readyState === ws.OPEN) socket.write(last.frame)
    },
    close: (code, reason) => {
      ws.close(code, reason)
      const hangUp = setTimeout(() => ws.terminate(), CLOSE_WAIT)
      ws.once('close', () => clearTimeout(hangUp))
    },
    get bufferedAmount() {
      return socket.writableLength
    },
  }
}

function framed(bytes: Uint8Array): Buffer {
  const { length } = bytes
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  header[0] = FIRST_BYTE
  if (header.length === 2) header[1] = length
  else if (header.length === 4) {
    header[1] = 126
    header.writeUInt16BE(length, 2)
  } else {
    header[1] = 127
    header.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([header, bytes])
}

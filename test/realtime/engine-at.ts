import { WebSocket } from 'ws'
import type { Engine } from '../../server/src/collab/engine.js'

/**
 * The engine of a running server, as the clients of test/collab see it through a real WebSocket.
 * @param cookie of who is signed in; the holder and the card are the server's to say
 */
export function engineAt(address: string, cookie: string): Pick<Engine, 'connect'> {
  return {
    connect(documentId, _holder, _card, wire, { ext }) {
      const url = `${address.replace('http', 'ws')}/collab/${documentId}?ext=${ext}`
      const socket = new WebSocket(url, { headers: { cookie } })
      const early: Uint8Array[] = []
      socket.on('open', () => early.forEach((bytes) => socket.send(bytes)))
      socket.on('message', (data: Buffer) => wire.send(data))
      socket.on('error', () => undefined) // 'close' follows
      socket.on('close', (code, reason) => wire.close(code, reason.toString()))
      return {
        receive: (bytes) => (socket.readyState === WebSocket.CONNECTING ? early.push(bytes) : socket.send(bytes)),
        closed: () => socket.terminate(),
      }
    },
  }
}

import { io } from 'socket.io-client'

/** Somebody who has the session open: follows the round, and after a break asks for what came meanwhile. */
export class Member {
  #socket
  #stream
  #last
  #hear

  /** @param hear  called with each event and the moment that it came */
  constructor({ address, stream, cookieOf }, at, hear) {
    const cookie = cookieOf(at)
    this.#stream = stream
    this.#hear = hear
    this.#socket = io(address, {
      transports: ['websocket'],
      forceNew: true,
      autoConnect: false,
      reconnection: false,
      ...(cookie ? { extraHeaders: { cookie } } : {}),
    })
    this.#socket.on('event', (happening) => {
      this.#last = happening.seq
      this.#hear(happening, performance.now())
    })
  }

  async join() {
    await new Promise((resolve, reject) => {
      this.#socket.once('connect', resolve)
      this.#socket.once('connect_error', reject)
      this.#socket.connect()
    })
    if (!this.#stream) return
    const { ok, output, problem } = await this.#socket.emitWithAck('subscribe', {
      stream: this.#stream,
      after: this.#last,
    })
    if (!ok) throw new Error(JSON.stringify(problem))
    this.#last = Math.max(this.#last ?? 0, output.head)
  }

  leave() {
    this.#socket.disconnect()
  }
}

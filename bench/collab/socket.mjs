import net from 'node:net'
import { randomBytes } from 'node:crypto'

/*
 * A WebSocket client that costs next to nothing, so that hundreds of them leave the load generator's core to the
 * clock. All sockets read into one buffer, and a message is shown where it lies: who wants to keep it copies it.
 * What is sent is masked with zeros, which RFC 6455 allows and which spares the masking.
 */
const shared = Buffer.allocUnsafe(64 * 1024)

const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10

/** What went over the sockets that share it: bytes with the WebSocket's own headers, and whole messages. */
export class Traffic {
  bytesUp = 0
  bytesDown = 0
  framesUp = 0
  framesDown = 0

  copy() {
    return Object.assign(new Traffic(), this)
  }

  since(before) {
    return Object.fromEntries(Object.keys(this).map((key) => [key, this[key] - before[key]]))
  }
}

export class Socket {
  static #all = new Set()

  /** Everybody leaves. */
  static destroyAll() {
    for (const socket of Socket.#all) socket.destroy()
  }

  #tcp
  #traffic
  #isOpen = false
  #opened
  /** Start of a message whose rest has not come yet. */
  #parts = []
  #partBytes = 0
  #wanted = 0
  /** Called with each message; null: messages are counted and not looked at. */
  onMessage = null
  onClose = () => undefined
  /** Close code of the other side; 1006 when it hung up without. */
  closeCode = null

  constructor(tcp, traffic) {
    this.#tcp = tcp
    this.#traffic = traffic
  }

  /**
   * @param target {host, port, path, headers}
   * @param setUp called with the socket before anything is read
   * @throws Error with the status when the server does not open a WebSocket
   */
  static async connect({ host, port, path, headers = {} }, traffic, setUp = () => undefined) {
    let socket
    const onread = { buffer: shared, callback: (size) => (socket.#read(shared.subarray(0, size)), true) }
    const tcp = net.connect({ host, port, noDelay: true, onread })
    socket = new Socket(tcp, traffic)
    setUp(socket)
    Socket.#all.add(socket)
    tcp.on('error', () => undefined)
    const lines = Object.entries({
      Host: `${host}:${port}`,
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      'Sec-WebSocket-Version': '13',
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    tcp.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
    await new Promise((resolve, reject) => {
      socket.#opened = { resolve, reject }
      tcp.once('close', () => {
        Socket.#all.delete(socket)
        reject(new Error(`hung up while connecting to ${path}`))
        socket.closeCode ??= 1006
        socket.onClose(socket.closeCode)
      })
    })
    return socket
  }

  get isOpen() {
    return this.#isOpen && this.closeCode === null
  }

  send(payload) {
    if (this.isOpen) this.#write(BINARY, payload)
  }

  /** Leaves without a word, as a browser that loses its network. */
  destroy() {
    this.closeCode ??= 1000
    this.#tcp.destroy()
  }

  stopReading() {
    this.#tcp.pause()
  }

  readAgain() {
    this.#tcp.resume()
  }

  /** Counts in another place from now on. */
  countIn(traffic) {
    this.#traffic = traffic
    return traffic
  }

  #write(opcode, payload) {
    const { length } = payload
    const headerLength = length < 126 ? 6 : length < 65536 ? 8 : 14
    const frame = Buffer.alloc(headerLength + length)
    frame[0] = 0x80 | opcode
    frame[1] = 0x80 | (length < 126 ? length : length < 65536 ? 126 : 127)
    if (headerLength === 8) frame.writeUInt16BE(length, 2)
    if (headerLength === 14) frame.writeUInt32BE(length, 6)
    frame.set(payload, headerLength)
    this.#traffic.bytesUp += frame.length
    this.#traffic.framesUp += 1
    this.#tcp.write(frame)
  }

  #read(chunk) {
    if (!this.#isOpen) return this.#readAnswer(chunk)
    this.#traffic.bytesDown += chunk.length
    if (this.#partBytes > 0) {
      this.#keep(chunk)
      if (this.#partBytes < this.#wanted) return
      const whole = Buffer.concat(this.#parts)
      this.#parts = []
      this.#partBytes = 0
      return this.#readFrames(whole)
    }
    this.#readFrames(chunk)
  }

  #readAnswer(chunk) {
    this.#keep(chunk)
    const answer = Buffer.concat(this.#parts)
    const end = answer.indexOf('\r\n\r\n')
    if (end < 0) return
    this.#parts = []
    this.#partBytes = 0
    const [status] = answer.toString('latin1', 0, end).split('\r\n')
    if (!status.includes(' 101')) {
      this.#opened.reject(new Error(status))
      return this.#tcp.destroy()
    }
    this.#isOpen = true
    this.#opened.resolve()
    const rest = answer.subarray(end + 4)
    if (rest.length > 0) this.#read(rest)
  }

  #readFrames(bytes) {
    let at = 0
    while (at < bytes.length) {
      const left = bytes.length - at
      const short = left > 1 ? bytes[at + 1] & 0x7f : 0
      const headerLength = short < 126 ? 2 : short === 126 ? 4 : 10
      let length = 0
      if (left >= headerLength) {
        length =
          short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
      }
      if (left < headerLength + length || left < headerLength) {
        this.#wanted = headerLength + length
        return this.#keep(bytes.subarray(at))
      }
      const payload = bytes.subarray(at + headerLength, at + headerLength + length)
      at += headerLength + length
      this.#take(bytes[at - headerLength - length] & 0x0f, payload)
    }
  }

  #take(opcode, payload) {
    if (opcode === BINARY) {
      this.#traffic.framesDown += 1
      if (this.onMessage !== null) this.onMessage(payload)
    } else if (opcode === PING) {
      this.#write(PONG, payload)
    } else if (opcode === CLOSE) {
      this.closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      this.#tcp.end()
    }
  }

  #keep(chunk) {
    this.#parts.push(Buffer.from(chunk))
    this.#partBytes += chunk.length
  }
}

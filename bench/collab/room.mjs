import { Histogram } from './histogram.mjs'
import { Socket, Traffic } from './socket.mjs'
import { newClientId, Typist } from './typist.mjs'
import { eachSpan, presence, readSync, step1, step2, update } from './wire.mjs'

const JOINS_AT_ONCE = 50
const JOIN_LIMIT_MS = 60_000

/** One connection to one document. */
export class Member {
  clock = 0
  /** Per client id the first clock that has not come yet. */
  seen = new Map()

  constructor(server, document, at, traffic) {
    Object.assign(this, { server, document, at, traffic })
    this.clientId = newClientId()
    this.typist = new Typist(this.clientId)
  }

  /**
   * Connects, asks for what it lacks, and waits for the answer.
   * @param vector state vector of what it has already
   * @param onFrame called with every frame, as it is in the y-websocket protocol
   */
  async join({ vector, onFrame = () => undefined } = {}) {
    const { dialect, address } = this.server
    const { hostname, port } = new URL(address)
    const target = { host: hostname, port: Number(port), ...dialect.target(this.document, this.at) }
    const synced = new Promise((resolve, reject) => {
      this.failed = reject
      this.synced = resolve
    })
    synced.catch(() => undefined)
    this.session = dialect.session(this.document)
    const timer = setTimeout(
      () => this.failed(new Error(`no answer to a step 1 in ${JOIN_LIMIT_MS} ms`)),
      JOIN_LIMIT_MS,
    )
    this.socket = await Socket.connect(target, this.traffic, (socket) => {
      socket.onMessage = (payload) => {
        for (const frame of this.session.unwrap(payload)) {
          onFrame(frame)
          if (readSync(frame)?.kind === 'step2') this.synced()
        }
      }
      socket.onClose = (code) => this.failed(new Error(`hung up with ${code}`))
    })
    for (const frame of this.session.hello) this.socket.send(frame)
    this.send(step1(vector))
    await synced.finally(() => clearTimeout(timer))
    this.send(step2())
  }

  /** @param onFrame null: frames are counted and not looked at */
  listen(onFrame) {
    const { session, socket } = this
    socket.onMessage = onFrame === null ? (session.hear ?? null) : (payload) => session.unwrap(payload).forEach(onFrame)
  }

  send(frame) {
    this.socket.send(this.session.wrap(frame))
  }

  type(text) {
    this.send(update(this.typist.next(text)))
  }

  /** Moves the cursor to the last key typed. */
  moveCursor() {
    const place = { type: null, tname: 'bench', item: { client: this.clientId, clock: this.typist.clock }, assoc: 0 }
    const state = this.server.dialect.state(this.at, { cursor: { anchor: place, head: place } })
    this.send(presence(this.clientId, (this.clock += 1), state))
  }

  leave() {
    this.socket.destroy()
  }
}

/**
 * Many people in one document. Some of the members read what comes and say how long it took; the others are there
 * to be written to.
 */
export class Room {
  members = []
  traffic = new Traffic()
  latency = new Histogram()
  /** Keys that were sent before this moment are not counted. */
  #since = 0

  /** @param server  or several, among which the members are dealt out */
  constructor(server, document) {
    Object.assign(this, { servers: [server].flat(), document })
  }

  /** @param readEvery one of so many members reads */
  async fill(count, { readEvery }) {
    for (let at = 0; at < count; at++) {
      const server = this.servers[at % this.servers.length]
      this.members.push(new Member(server, this.document, at, this.traffic))
    }
    this.typists = new Map(this.members.map(({ clientId, typist }) => [clientId, typist]))
    this.readers = this.members.filter((_, at) => at % readEvery === readEvery - 1)
    const queue = [...this.members]
    const joinNext = async () => {
      for (let member = queue.shift(); member !== undefined; member = queue.shift()) await this.#join(member)
    }
    await Promise.all(Array.from({ length: JOINS_AT_ONCE }, joinNext))
    return this
  }

  async #join(member) {
    const reads = this.readers.includes(member)
    const onFrame = (frame) => this.#read(member, frame)
    await member.join(reads ? { onFrame } : {})
    member.listen(reads ? onFrame : null)
  }

  #read(member, frame) {
    const sync = readSync(frame)
    if (sync === null || sync.kind === 'step1') return
    const now = performance.now()
    eachSpan(sync.body, (client, from, to) => {
      const typist = this.typists.get(client)
      if (typist === undefined || typist === member.typist) return
      const next = member.seen.get(client) ?? 0
      for (let clock = Math.max(from, next); clock < to; clock++) {
        const sentAt = typist.sentAt[clock]
        if (sentAt >= this.#since) this.latency.add(now - sentAt)
      }
      // What skips keys leaves the mark where it is, so that they are found missing at the end.
      if (from <= next && to > next) member.seen.set(client, to)
    })
  }

  /** Begins to count anew, with keys that are sent from now on. */
  startCounting() {
    this.latency = new Histogram()
    this.#since = performance.now()
  }

  /** How many keys the readers have not been sent yet, of those that were typed. */
  get missing() {
    let missing = 0
    for (const member of this.readers) {
      for (const [clientId, typist] of this.typists) {
        if (clientId !== member.clientId) missing += typist.clock - (member.seen.get(clientId) ?? 0)
      }
    }
    return missing
  }

  get hungUp() {
    return this.members.filter(({ socket }) => !socket.isOpen).length
  }

  leave() {
    for (const member of this.members) member.leave()
  }
}

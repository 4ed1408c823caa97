import { encodeExtra, EXTRA, notTaken } from '@multilogue/shared/collab'
import type { Card, ExtraMessage, Right } from '@multilogue/shared/collab'
import { decodeKeys, updateOfKey } from '@multilogue/shared/keys'
import { TEXT_SCHEMA } from '@multilogue/shared/text-schema'
import { CLOSE, Culprit } from './close-codes.js'
import type { CloseCode } from './close-codes.js'
import type { Core, Member } from './core.js'
import { Intake } from './intake.js'
import type { Holder, Wire } from './ports.js'
import { decodeFrame, presenceFrame, step1Frame } from './protocol.js'
import { Refused } from './refused.js'
import { RightNow } from './rights.js'
import type { Room } from './room.js'
import type { Rooms } from './rooms.js'
import { TokenBucket } from './token-bucket.js'
import { readKey, readUpdate } from './update.js'

type Phase = 'opening' | 'open' | 'leaving' | 'gone'

/**
 * One WebSocket. Its frames are handled one after the other, each to its end but for the commit; whatever one of
 * them breaks closes this connection and touches no other [ENGINE-6].
 *
 *   opening   the right is asked, the room is loading; frames wait
 *   open
 *   leaving   the peer has hung up; what it had sent before is still taken
 *   gone
 */
export class Connection implements Member {
  #phase: Phase = 'opening'
  #room: Room | null = null
  #right: RightNow
  /** The right that the peer was last told, or would have been if it could understand. */
  #told: Right = 'none'
  #inbox: Uint8Array[] = []
  #handling = false
  #answerBytes = 0
  #quiet = true
  /** In the room: has been sent the text, and is sent what happens to it. */
  #isMember = false
  #bucket: TokenBucket
  readonly #intake: Intake
  #review: (() => void) | null = null
  /** Ends the waits between tries. */
  #wakeUps = new Set<() => void>()

  constructor(
    readonly documentId: string,
    readonly holder: Holder,
    readonly card: Card,
    private readonly wire: Wire,
    /** Which of shared/src/collab.ts the peer understands: 0 nothing, 1 extra messages, 2 cursors as well. */
    private readonly ext: number,
    private readonly core: Core,
    private readonly onGone: (connection: Connection) => void,
  ) {
    const { authority, clock } = core.ports
    this.#right = new RightNow((when) => authority.rightOf(documentId, holder, when), clock, core.limits.rightsCache)
    this.#intake = new Intake(documentId, core, {
      holder,
      member: this,
      say: (message) => this.#say(message),
      knownRight: () => this.#right.use(),
      askRight: () => this.#askUntilAnswered(),
      patiently: (ask) => this.#patiently(ask),
      askForMissing: (room) => this.#askForMissing(room),
      isGone: () => this.#isGone(),
    })
    this.#bucket = new TokenBucket(clock, core.limits.framesPerSecond, core.limits.framesBurst)
  }

  get readsShort(): boolean {
    return this.ext >= 2
  }

  /** @param right  found out on the way in; nothing: is asked */
  async open(rooms: Rooms, right?: Right): Promise<void> {
    if (right !== undefined) this.#right.learn(right)
    try {
      if ((await this.#right.get()) === 'none') return this.end(CLOSE.withdrawn)
      const room = await rooms.enter(this.documentId)
      let rightNow: Right = 'none'
      try {
        rightNow = await this.#right.get() // loading may have taken a while
      } finally {
        if (rightNow === 'none' || this.#isGone()) room.release()
      }
      if (rightNow === 'none' || this.#isGone()) return this.end(CLOSE.withdrawn)
      this.#room = room
      this.#told = rightNow
      this.#say({ type: EXTRA.rights, right: rightNow, reason: 'joined', schema: TEXT_SCHEMA })
      this.#say({ type: EXTRA.durable, no: room.no, settled: 0 })
      if (this.#phase === 'opening') this.#phase = 'open'
    } catch (error) {
      const isAbsent = error instanceof Refused && error.problem === 'not-found'
      return this.end(isAbsent ? CLOSE.notFound : CLOSE.notLoaded)
    }
    void this.#handleAll()
  }

  receive(bytes: Uint8Array): void {
    if (this.#hasHungUp()) return
    const { limits, queue } = this.core
    if (bytes.length > limits.frameBytes) return this.end(CLOSE.tooLarge)
    if (!this.#bucket.take()) return this.end(CLOSE.tooManyMessages)
    if (this.#intake.arrived(bytes.length) > limits.unsettledBytes) return this.end(CLOSE.busy)
    if (queue.bytes + bytes.length > limits.unstoredBytes) return this.end(CLOSE.busy)
    this.#inbox.push(bytes)
    void this.#handleAll()
  }

  /** The peer has hung up. */
  closed(): void {
    if (this.#hasHungUp()) return
    this.#phase = 'leaving'
    this.#room?.leave(this)
    void this.#handleAll()
  }

  /** Hangs up. What the peer sent and is not in the queue yet is dropped; it still has it. */
  end({ code, reason }: CloseCode): void {
    if (this.#isGone()) return
    const isPeerThere = this.#phase !== 'leaving'
    this.#finish()
    if (isPeerThere) this.wire.close(code, reason)
  }

  send(frame: Uint8Array): void {
    if (this.#hasHungUp()) return
    if (this.wire.bufferedAmount > this.core.limits.unreadBytes + this.#answerBytes) return this.end(CLOSE.slowReader)
    this.#quiet = false
    try {
      this.wire.send(frame)
    } catch {
      this.end(CLOSE.unexpected)
    }
  }

  keepAlive(): void {
    if (this.#quiet) this.send(presenceFrame([]))
    this.#quiet = true
  }

  /** Rights may have changed: forgets the last answer at once and asks again in a moment. */
  rightsChanged(): void {
    this.#right.drop()
    if (this.#phase === 'open') this.#reviewAfter(this.core.limits.rightsSettle)
  }

  async #handleAll(): Promise<void> {
    if (this.#handling || this.#room === null) return
    this.#handling = true
    try {
      for (let frame = this.#inbox.shift(); frame !== undefined; frame = this.#inbox.shift()) {
        const rest = this.#handle(frame, this.#room)
        if (rest !== undefined) await rest
      }
    } catch (error) {
      this.end(error instanceof Culprit ? error.close : CLOSE.unexpected)
    }
    this.#handling = false
    if (this.#phase === 'leaving') this.#finish()
  }

  /** @returns nothing when the frame is dealt with already, as most are: no turn is lost on them */
  #handle(bytes: Uint8Array, room: Room): Promise<void> | undefined {
    const frame = orCulprit(() => decodeFrame(bytes))
    if (frame.kind !== 'edit' && frame.kind !== 'key') this.#intake.arrived(-bytes.length)
    switch (frame.kind) {
      case 'step1':
        return this.#answer(frame.vector, room)
      case 'edit': {
        const read = orCulprit(() => readUpdate(frame.update))
        return this.#intake.take({ ...frame, key: null, read, frameBytes: bytes.length }, room)
      }
      case 'key': {
        const [key, ...others] = orCulprit(() => decodeKeys(frame.body, (name) => room.names.clientOf(name)))
        if (key === undefined || others.length > 0) throw new Culprit(CLOSE.malformed)
        const read = orCulprit(() => readKey(key))
        const edit = { update: updateOfKey(key), key: frame.body, read, isWhole: false, frameBytes: bytes.length }
        return this.#intake.take(edit, room)
      }
      case 'presence':
        if (this.#isMember) room.presence.receive(this, frame.entries)
        return undefined
      case 'ask presence':
        room.presence.asked(this)
        return undefined
      case 'unknown':
        return undefined
    }
  }

  async #answer(vector: Uint8Array, room: Room): Promise<void> {
    const right = await this.#askUntilAnswered()
    if (right === 'none') return
    const frames = orCulprit(() => room.text.answer(vector))
    this.#answerBytes = frames.reduce((sum, { length }) => sum + length, 0)
    for (const frame of frames) this.send(frame)
    if (right === 'write') this.#askForMissing(room)
    if (this.#phase !== 'open') return
    // Not before: what is sent to members builds on what was just sent.
    const { frame: names } = room.names
    if (this.readsShort && names !== null) this.send(names)
    if (!this.#isMember) room.join(this)
    this.#isMember = true
    room.presence.welcome(this)
  }

  /** Asks the right now. @returns `none` when the connection is gone */
  async #askUntilAnswered(): Promise<Right> {
    const right = await this.#patiently(() => this.#right.get())
    if (right !== null) this.#learn(right)
    return this.#isGone() ? 'none' : (right ?? 'none')
  }

  /** Asks until there is an answer. Until then nothing is decided: the frame waits, and says so. */
  async #patiently<T>(ask: () => Promise<T>): Promise<T | null> {
    const { clock } = this.core.ports
    const { retryFirst, retryLast } = this.core.limits
    for (let wait = retryFirst; !this.#isGone(); wait = Math.min(wait * 2, retryLast)) {
      try {
        return await ask()
      } catch {
        if (wait === retryFirst) this.#say(notTaken('not-saved', true))
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            cancel()
            this.#wakeUps.delete(wake)
            resolve()
          }
          const cancel = clock.after(wait, wake)
          this.#wakeUps.add(wake)
        })
      }
    }
    return null
  }

  /** Acts on the right as it is now: says so, hangs up, or asks for what was refused while it was missing. */
  #learn(right: Right): void {
    const before = this.#told
    if (right === before || this.#isGone()) return
    this.#told = right
    this.#say({ type: EXTRA.rights, right, reason: 'changed', schema: TEXT_SCHEMA })
    if (right === 'none') this.end(CLOSE.withdrawn)
    else if (right === 'write' && this.#room !== null) this.#askForMissing(this.#room)
  }

  #reviewAfter(ms: number): void {
    this.#review ??= this.core.ports.clock.after(ms, () => {
      this.#review = null
      this.#right.get().then(
        (right) => this.#learn(right),
        () => this.#phase === 'open' && this.#reviewAfter(this.core.limits.retryLast),
      )
    })
  }

  #askForMissing(room: Room): void {
    this.send(step1Frame(room.text.known.vector()))
  }

  #isGone(): boolean {
    return this.#phase === 'gone'
  }

  #hasHungUp(): boolean {
    return this.#phase === 'leaving' || this.#phase === 'gone'
  }

  #say(message: ExtraMessage): void {
    if (this.ext > 0) this.send(encodeExtra(message))
  }

  #finish(): void {
    this.#phase = 'gone'
    this.#inbox.length = 0
    this.#review?.()
    for (const wake of this.#wakeUps) wake()
    this.#room?.leave(this)
    this.#room?.release()
    this.#room = null
    this.onGone(this)
  }
}

function orCulprit<T>(read: () => T): T {
  try {
    return read()
  } catch {
    throw new Culprit(CLOSE.malformed)
  }
}

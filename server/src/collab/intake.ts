import { EXTRA, notTaken } from '@multilogue/shared/collab'
import type { ExtraMessage, Right } from '@multilogue/shared/collab'
import type { Core, Member, Writer } from './core.js'
import type { Holder } from './ports.js'
import type { NewEdit, Room } from './room.js'

/** An edit frame whose content has been read. */
interface Edit extends NewEdit {
  /** Everything that the peer has and the server lacks: the answer to a sync step 1. */
  isWhole: boolean
  frameBytes: number
}

/** The connection whose edits are taken in. */
interface Peer {
  holder: Holder
  member: Member
  say(message: ExtraMessage): void
  /** The right while it needs no asking, otherwise null. */
  knownRight(): Right | null
  askRight(): Promise<Right>
  /** Asks until there is an answer. @returns null when the connection is gone before */
  patiently<T>(ask: () => Promise<T>): Promise<T | null>
  /** Sends a sync step 1. */
  askForMissing(room: Room): void
  isGone(): boolean
}

/** Refusals of one connection that are put on record; more of them tell nothing new. */
const MOST_ON_RECORD = 10

/** What becomes of the edits of one connection, and what it is told about them [ENGINE-2] [ENGINE-5]. */
export class Intake {
  /** Bytes of frames that came and are not dealt with. */
  #bytes = 0
  #settled = 0
  #ackDue = false
  /** Edits that came too early. They are settled when the peer has sent everything again. */
  #owed = 0
  #lookedAt = -Infinity
  #refusals = 0

  constructor(
    private readonly documentId: string,
    private readonly core: Core,
    private readonly peer: Peer,
  ) {}

  /** Bytes have come, or turned out to be no edit (negative). @returns how many are not dealt with */
  arrived(bytes: number): number {
    this.#bytes += bytes
    return this.#bytes
  }

  /** @returns nothing when the edit is dealt with already or on its way, as most are: no turn is lost on them */
  take(edit: Edit, room: Room): Promise<void> | undefined {
    if (!room.text.known.lacks(edit.read)) return void this.#settle(edit, room)
    const right = this.peer.knownRight()
    if (right === null) return this.peer.askRight().then((answer) => this.#judge(edit, room, answer))
    return this.#judge(edit, room, right)
  }

  #judge(edit: Edit, room: Room, right: Right): Promise<void> | undefined {
    if (right === 'none') return undefined
    if (right === 'read') return void this.#refuse(edit, room, 'text-not-writable')
    const verdict = this.#submit(edit, room)
    if (verdict === 'taken') return undefined
    if (verdict === 'known') return void this.#settle(edit, room)
    if (verdict === 'early') return this.#lookAgain(edit, room)
    return this.#judgeUpToDate(edit, room)
  }

  /** Words of others that came along may be on another server: whoever has seen them was shown the log. */
  async #judgeUpToDate(edit: Edit, room: Room): Promise<void> {
    await this.#catchUp(room)
    if (this.peer.isGone()) return
    const verdict = this.#submit(edit, room)
    if (verdict === 'taken') return
    if (verdict === 'known') return this.#settle(edit, room)
    if (verdict === 'early') return this.#lookAgain(edit, room)
    this.#refuseForeign(edit, room, verdict.foreign)
  }

  async #catchUp(room: Room): Promise<void> {
    await this.peer.patiently(async () => {
      if (!(await room.catchUp())) throw new Error('the log could not be read')
    })
  }

  #submit(edit: Edit, room: Room) {
    const writer: Writer = {
      member: this.peer.member,
      done: () => this.#settle(edit, room),
      failed: () => this.peer.say(notTaken('not-saved', true)),
      refused: () => void this.#judgeUpToDate(edit, room),
      dropped: () => undefined,
    }
    return room.submit(edit, this.peer.holder, writer)
  }

  /** What is missing here may be on another server; if not, the peer is asked for everything that it has. */
  async #lookAgain(edit: Edit, room: Room): Promise<void> {
    const now = this.core.ports.clock.now()
    const isSoon = now - this.#lookedAt < this.core.limits.secondLook
    if (edit.isWhole || !isSoon) {
      this.#lookedAt = now
      await this.#catchUp(room)
      if (this.peer.isGone()) return
      const verdict = this.#submit(edit, room)
      if (verdict === 'taken') return
      if (verdict === 'known') return this.#settle(edit, room)
      if (verdict !== 'early') return this.#refuseForeign(edit, room, verdict.foreign)
      if (edit.isWhole) return this.#refuse(edit, room, 'edit-out-of-order')
    }
    this.core.counters.refusedUpdates += 1
    this.#bytes -= edit.frameBytes
    this.#owed += 1
    if (isSoon) return
    this.peer.say(notTaken('edit-out-of-order', true))
    this.peer.askForMissing(room)
  }

  #refuseForeign(edit: Edit, room: Room, clientId: number): void {
    this.#refuse(edit, room, 'foreign-author')
    this.#refusals += 1
    if (this.#refusals > MOST_ON_RECORD) return
    const { personId, seatId } = this.peer.holder
    const refusal = { documentId: this.documentId, problem: 'foreign-author', clientId, personId, seatId }
    this.core.ports.store.recordRefusal(refusal).catch(() => undefined)
  }

  #refuse(edit: Edit, room: Room, problem: 'text-not-writable' | 'foreign-author' | 'edit-out-of-order'): void {
    this.core.counters.refusedUpdates += 1
    this.peer.say(notTaken(problem, false))
    this.#settle(edit, room)
  }

  /** One more edit frame is dealt with. Acknowledged once per turn, however many were stored together. */
  #settle({ frameBytes, isWhole }: Edit, room: Room): void {
    this.#bytes -= frameBytes
    this.#settled += 1
    if (isWhole) {
      this.#settled += this.#owed
      this.#owed = 0
    }
    if (this.#ackDue) return
    this.#ackDue = true
    queueMicrotask(() => {
      this.#ackDue = false
      if (!this.peer.isGone()) this.peer.say({ type: EXTRA.durable, no: room.no, settled: this.#settled })
    })
  }
}

import { isEditFrame } from '@multilogue/shared/collab'

const SYNC = 0
const STEP_2 = 1

/**
 * Whether everything written here is durable, from the server's word alone: a connection's edit frames are
 * counted as they leave, the server says how many it has settled, and both counts start at 0 with each
 * connection. Words written without one leave with the next connection's sync step 2, or over HTTP.
 */
export class SaveLedger {
  #sent = 0
  #settled = 0
  #edits = 0
  #unsaved = false
  /** Words from before this connection that have not left yet. */
  #owed = false

  get unsaved() {
    return this.#unsaved
  }
  /** How much has been written so far, for `stored`. */
  get edits() {
    return this.#edits
  }

  connected() {
    this.#sent = 0
    this.#settled = 0
    this.#owed = this.#unsaved
  }

  edited() {
    this.#edits++
    this.#unsaved = true
  }

  left(frame: Uint8Array) {
    if (!isEditFrame(frame)) return
    this.#sent++
    if (frame[0] === SYNC && frame[1] === STEP_2) this.#owed = false
  }

  settled(count: number) {
    this.#settled = count
    if (this.#settled === this.#sent && !this.#owed) this.#unsaved = false
  }

  /** The server has answered over HTTP that all of the first `edits` are durable. */
  stored(edits: number) {
    if (edits !== this.#edits) return
    this.#unsaved = false
    this.#owed = false
  }
}

import { isEditFrame } from '@multilogue/shared/collab'

const STEP_2 = 1

/**
 * Whether everything written here is durable, from the server's word alone: a connection's edit frames are
 * counted as they leave, the server says how many it has settled, and both counts start at 0 with each
 * connection. Words written without one leave with the next connection's sync step 2.
 */
export class SaveLedger {
  #sent = 0
  #settled = 0
  #unsaved = false
  /** Words from before this connection that have not left yet. */
  #owed = false

  get unsaved() {
    return this.#unsaved
  }

  connected() {
    this.#sent = 0
    this.#settled = 0
    this.#owed = this.#unsaved
  }

  edited() {
    this.#unsaved = true
  }

  left(frame: Uint8Array) {
    if (!isEditFrame(frame)) return
    this.#sent++
    if (frame[1] === STEP_2) this.#owed = false
  }

  settled(count: number) {
    this.#settled = count
    if (this.#settled === this.#sent && !this.#owed) this.#unsaved = false
  }
}

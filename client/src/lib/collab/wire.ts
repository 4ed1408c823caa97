import { decodeExtra, EXTRA, type ExtraMessage } from '@multilogue/shared/collab'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { SaveLedger } from './save-ledger'

export interface WireEvents {
  /** Connected, lost, edited, settled: something about saving may have changed. */
  onchange: () => void
  onsynced: () => void
  onextra: (message: ExtraMessage) => void
  onpresence: () => void
  /** The server ended the connection for good. */
  onclosed: (code: number) => void
}

/** One copy of a text and its connection. Local words are counted as saved only by the server's word. */
export class Wire {
  readonly doc = new Y.Doc()
  readonly ledger = new SaveLedger()
  /** Local updates since everything was last saved. */
  pending: Uint8Array[] = []
  #provider: WebsocketProvider
  #gone = false

  constructor(documentId: string, seatId: string, events: WireEvents) {
    const { doc, ledger } = this
    class CountingSocket extends WebSocket {
      override send(data: string | Blob | BufferSource) {
        super.send(data)
        if (data instanceof Uint8Array) ledger.left(data)
      }
    }
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this.#provider) return
      this.pending.push(update)
      ledger.edited()
      events.onchange()
    })
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    this.#provider = new WebsocketProvider(`${scheme}://${location.host}/collab`, documentId, doc, {
      connect: false,
      // Two tabs hear of each other through the server, or words could be seen that nobody has stored.
      disableBc: true,
      params: { ext: '1', seat: seatId },
      WebSocketPolyfill: CountingSocket,
    })
    for (const type of Object.values(EXTRA)) {
      this.#provider.messageHandlers[type] = (_encoder, decoder) => {
        const message = decodeExtra(decoder.arr)
        if (message?.type === EXTRA.durable) {
          ledger.settled(message.settled)
          if (!ledger.unsaved) this.pending = []
        }
        if (message) events.onextra(message)
      }
    }
    this.#provider.on('status', ({ status }) => {
      if (status === 'connected') ledger.connected()
      events.onchange()
    })
    this.#provider.on('sync', (synced: boolean) => {
      if (synced) events.onsynced()
    })
    this.#provider.on('closed', ({ code }) => events.onclosed(code))
    this.#provider.awareness.on('change', events.onpresence)
  }

  get awareness(): Awareness {
    return this.#provider.awareness
  }
  get connected(): boolean {
    return this.#provider.wsconnected
  }

  connect() {
    this.#provider.connect()
  }

  /** A line that has gone quiet may be dead without having said so; what was not settled is sent again. */
  reconnect() {
    if (this.#gone || !this.#provider.shouldConnect) return
    this.#provider.disconnect()
    this.#provider.connect()
  }

  destroy() {
    if (this.#gone) return
    this.#gone = true
    this.#provider.destroy()
    this.#provider.awareness.destroy()
    this.doc.destroy()
  }
}

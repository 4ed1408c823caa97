import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Stage } from '../support/stage.js'

/** A stock y-websocket client, signed in as somebody, with the text that it shows. */
export class StockClient {
  readonly doc = new Y.Doc()
  readonly provider: WebsocketProvider
  /** The codes with which the server has closed, in order. */
  readonly closed: number[] = []
  /** What the server answered instead of opening the connection, in order. */
  readonly refused: number[] = []

  private constructor(address: string, documentId: string, cookie: string | undefined) {
    const { closed, refused } = this
    /** `ws` as the browser's WebSocket, which sends the cookie by itself. */
    class SignedIn extends WebSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols, { headers: cookie ? { cookie } : {} })
        this.on('close', (code) => closed.push(code))
        this.on('unexpected-response', (_request, { statusCode }) => {
          refused.push(statusCode ?? 0)
          this.emit('close', 1006, Buffer.from(''))
        })
      }
    }
    this.provider = new WebsocketProvider(`${address.replace('http', 'ws')}/collab`, documentId, this.doc, {
      WebSocketPolyfill: SignedIn as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
  }

  /** @param who a key of the world; null for nobody */
  static async connect(
    stage: Pick<Stage, 'address' | 'cookieOf'>,
    who: string | null,
    documentId: string,
    address = stage.address,
  ): Promise<StockClient> {
    return new StockClient(address, documentId, who === null ? undefined : await stage.cookieOf(who))
  }

  private get fragment(): Y.XmlFragment {
    return this.doc.getXmlFragment('default')
  }

  /** Adds paragraphs at the end, all in one transaction. */
  write(...paragraphs: string[]): void {
    this.doc.transact(() => {
      for (const text of paragraphs) {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText(text)])
        this.fragment.insert(this.fragment.length, [paragraph])
      }
    })
  }

  /** Types letters into the first paragraph, each in a transaction of its own. */
  type(letters: string): void {
    const text = (this.fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText
    for (const letter of letters) text.insert(text.length, letter)
  }

  /** The paragraphs as they stand here. */
  get paragraphs(): string[] {
    return this.fragment
      .toArray()
      .map((node) => ((node as Y.XmlElement).toArray() as Y.XmlText[]).map((text) => text.toJSON()).join(''))
  }

  close(): void {
    this.provider.destroy()
    this.doc.destroy()
  }
}

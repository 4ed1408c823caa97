import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Caller } from '../access/caller.js'
import type { JoinOptions } from '../collab/engine.js'
import { isUuid } from '../common/ids.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { Refusal } from '../common/problem.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import type { Settings } from '../config/settings.js'
import { tokenOf } from '../http/cookie.js'
import { ownOrigin } from '../http/origin.js'
import { WebSessions } from '../identity/web-sessions.js'
import { visibleDocument } from '../access/document.access.js'
import { PROBLEMS } from '@multilogue/shared/problems'
import { TextAuthority } from './text.authority.js'
import { cardOf, holderOf, Texts } from './texts.js'
import { wireOf } from './wire.js'

const PATH = /^\/collab\/([0-9a-f-]{36})$/

/** `/collab/<documentId>`: the sign-in cookie and the origin are checked before the upgrade, rights at each edit. */
@Injectable()
export class CollabSocket {
  private readonly server: WebSocketServer

  constructor(
    private readonly texts: Texts,
    private readonly authority: TextAuthority,
    private readonly sessions: WebSessions,
    private readonly source: DataSource,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(LOG) private readonly log: Log,
  ) {
    const maxPayload = settings.TEXT_FRAME_KILOBYTES * 1024 * 2
    this.server = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false })
  }

  /** Takes upgrades below /collab; anything that is neither ours nor socket.io's is hung up on. */
  listen(http: Server): void {
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local')
      if (pathname.startsWith('/socket.io/')) return
      socket.on('error', () => socket.destroy())
      this.admit(request, pathname, searchParams)
        .then(({ caller, documentId, right }) =>
          this.server.handleUpgrade(request, socket, head, (ws) =>
            this.join(ws, socket, documentId, caller, { ext: extOf(searchParams), ...(right ? { right } : {}) }),
          ),
        )
        .catch((thrown: unknown) => this.refuse(socket, thrown))
    })
  }

  private async admit(request: IncomingMessage, pathname: string, query: URLSearchParams) {
    const documentId = PATH.exec(pathname)?.[1]
    if (!documentId || !isUuid(documentId)) throw new Refusal('not-found')
    if (!ownOrigin(request, this.settings)) throw new Refusal('foreign-origin')
    const [token, seatId] = [tokenOf(request), query.get('seat') ?? undefined]
    const admitted =
      token && seatId && isUuid(seatId) ? await this.authority.admit(token, seatId, documentId) : undefined
    if (admitted) return { ...admitted, documentId }
    const signedIn = await this.sessions.find(token)
    const caller = await this.sessions.caller(signedIn, seatId)
    await visibleDocument({ db: this.source.manager, caller }, documentId)
    return { caller, documentId, right: undefined }
  }

  private join(ws: WebSocket, socket: Duplex, documentId: string, caller: Caller, options: JoinOptions): void {
    if (!caller.seat) return ws.close()
    ws.binaryType = 'arraybuffer'
    const wire = wireOf(ws, socket)
    const joined = this.texts.engine.connect(documentId, holderOf(caller), cardOf(caller, caller.seat), wire, options)
    ws.on('message', (data: ArrayBuffer) => joined.receive(new Uint8Array(data)))
    ws.on('close', () => joined.closed())
    ws.on('error', (thrown) => this.log.info({ ...errorFacts(thrown), document: documentId }, 'text socket failed'))
  }

  private refuse(socket: Duplex, thrown: unknown): void {
    const status = thrown instanceof Refusal ? PROBLEMS[thrown.problem].status : 503
    if (!(thrown instanceof Refusal)) this.log.warn(errorFacts(thrown), 'text socket not admitted')
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }
}

const extOf = (query: URLSearchParams): number => ['1', '2'].indexOf(query.get('ext') ?? '') + 1

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Procedure } from '@multilogue/shared/decisions'
import type { Message } from '@multilogue/shared/dialogue'
import type { Negotiation } from '@multilogue/shared/negotiation'
import type { AgendaItem } from '@multilogue/shared/rounds'
import type { Speakers } from '@multilogue/shared/speakers'
import type { MortalServer } from '../system/mortal-server.js'

/** What is true of the room. */
export interface Truth {
  statements: string[]
  /** Who has the floor, as a screen names them; or that nobody has. */
  speaker: string
  listed: string[]
}

/** The live session of the demo round at a server that may be away: each act is sent until it is answered. */
export class RoomAt {
  readonly acknowledged = { statements: [] as string[], turns: 0, votes: 0 }

  private constructor(
    private readonly server: MortalServer,
    readonly roundId: string,
    readonly sessionId: string,
    private readonly item: AgendaItem,
    private readonly polled: { documentId: string; paragraph: { id: string; hash: string } },
  ) {}

  static async of(server: MortalServer): Promise<RoomAt> {
    const ask = async <T>(path: string): Promise<T> => {
      const answer = await fetch(`${server.address}/api${path}`, {
        headers: { cookie: await server.cookieOf('chair') },
      })
      return (await answer.json()) as T
    }
    const [{ id: roundId }] = await ask<[{ id: string }]>('/rounds')
    const { sessions } = await ask<{ sessions: { id: string; status: string }[] }>(`/rounds/${roundId}`)
    const { id: sessionId } = sessions.find(({ status }) => status === 'live')!
    const session = await ask<{ items: AgendaItem[]; currentItemId: string }>(`/sessions/${sessionId}`)
    const item = session.items.find(({ id }) => id === session.currentItemId)!
    for (const { id: documentId } of await ask<{ id: string }[]>(`/documents?roundId=${roundId}`)) {
      const { blocks } = await ask<Negotiation>(`/documents/${documentId}/negotiation`)
      const negotiated = blocks.find(({ status }) => status !== null)
      if (!negotiated) continue
      const { id, hash } = negotiated
      return new RoomAt(server, roundId, sessionId, item, { documentId, paragraph: { id, hash } })
    }
    throw new Error('the demo round has no negotiated text')
  }

  async state(who: string, words: string): Promise<void> {
    const said = await this.done(who, 'POST', `/threads/${this.item.threadId}/messages`, {
      body: words,
      language: 'en',
    })
    if (said) this.acknowledged.statements.push(words)
  }

  async askOrWithdraw(who: string): Promise<void> {
    const { listed } = await this.speakers(who)
    const mine = listed.find(({ delegation }) => delegation.code === who.slice(0, 3).toUpperCase())
    if (mine) await this.done(who, 'DELETE', `/speakers/${mine.id}`)
    else await this.done(who, 'POST', `/items/${this.item.id}/speakers`, {})
  }

  async nextTurn(): Promise<void> {
    const { current, listed } = await this.speakers('chair')
    const [next] = listed
    const given = next
      ? await this.done('chair', 'POST', `/speakers/${next.id}/floor`, current ? { ending: current.id } : {})
      : current && (await this.done('chair', 'DELETE', `/speakers/${current.id}/floor`))
    if (given) this.acknowledged.turns++
  }

  /** Opens a straw poll, or ends the one that is open. */
  async poll(): Promise<void> {
    const open = await this.openPoll('chair')
    if (open) await this.done('chair', 'POST', `/decisions/${open.id}/gavel`, {})
    else
      await this.done('chair', 'POST', '/decisions', {
        ...this.polled,
        sessionId: this.sessionId,
        method: 'straw_poll',
      })
  }

  async vote(who: string, choice: 'yes' | 'no' | 'abstain'): Promise<void> {
    const open = await this.openPoll(who)
    if (open && (await this.done(who, 'PUT', `/decisions/${open.id}/vote`, { choice }))) this.acknowledged.votes++
  }

  /** @throws when two members are told different things */
  async truth(): Promise<Truth> {
    const [one, other] = await Promise.all(['gha.head', 'chair'].map((who) => this.toldTo(who)))
    if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error('two members are told different things')
    return one!
  }

  private async toldTo(who: string): Promise<Truth> {
    const messages = await this.asked<Message[]>(who, `/threads/${this.item.threadId}/messages`)
    const { current, listed } = await this.speakers(who)
    return {
      statements: messages.map(({ body }) => body.trim().split('\n')[0]!),
      speaker: current?.delegation.name ?? 'Nobody has the floor',
      listed: listed.map(({ delegation }) => delegation.name),
    }
  }

  private speakers = (who: string) => this.asked<Speakers>(who, `/items/${this.item.id}/speakers`)

  private async openPoll(who: string): Promise<Procedure | undefined> {
    const { procedures } = await this.asked<{ procedures: Procedure[] }>(who, `/decisions?roundId=${this.roundId}`)
    return procedures.find(({ method, state }) => method === 'straw_poll' && state === 'running')
  }

  private async asked<T>(who: string, path: string): Promise<T> {
    return JSON.parse((await this.answered(who, 'GET', path)).body) as T
  }

  /** @returns false: the server has understood and refused, as when somebody else was first */
  private async done(who: string, method: string, path: string, input?: object): Promise<boolean> {
    const answer = await this.answered(who, method, path, input)
    if (answer.status >= 400 && answer.status !== 409 && answer.status !== 404 && answer.status !== 422)
      throw new Error(`${who}: ${method} ${path}: ${answer.status} ${answer.body}`)
    return answer.status < 400
  }

  /** One act under one key, however often it has to be sent: an answer may be cut off in its midst. */
  private async answered(who: string, method: string, path: string, input?: object) {
    const headers = {
      'content-type': 'application/json',
      cookie: await this.server.cookieOf(who),
      'idempotency-key': randomUUID(),
    }
    for (;;) {
      const answer = await fetch(`${this.server.address}/api${path}`, {
        method,
        headers,
        ...(method === 'GET' ? {} : { body: JSON.stringify(input ?? {}) }),
      })
        .then(async (response) => ({ status: response.status, body: await response.text() }))
        .catch(() => undefined)
      if (answer && answer.status < 500 && answer.status !== 429) return answer
      await sleep(500)
    }
  }
}

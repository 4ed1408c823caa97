import type { Card } from '@multilogue/shared/collab'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Participant, Seen } from './presence.js'
import { z } from 'zod'

const CardOfPeer: z.ZodType<Card> = z.object({
  personId: z.string(),
  name: z.string(),
  delegationCode: z.string(),
  colour: z.string(),
})

/** A server that has said nothing of its people for so long is gone, and so are they. In milliseconds. */
const SILENCE = 35_000
const MAX_BYTES = 4096

interface Told {
  clientId: number
  /** null: left. */
  seen: Seen | null
}

/**
 * Presence between servers [ENGINE-11]: per message a count and per person the client id and, as JSON, card and
 * state, or null for who has left. A message without anybody asks who is there. Presence that is lost comes with the
 * next word of its server.
 */
export class PresenceRelay {
  #heardAt = new Map<string, number>()

  constructor(
    private readonly seen: ReadonlyMap<number, Seen>,
    private readonly publish: (bytes: Uint8Array) => void,
  ) {}

  ask(): void {
    this.publish(Uint8Array.of(0))
  }

  /** Says how it now stands with these client ids, as far as they are people of this server. */
  tell(clientIds: number[]): void {
    const entries = clientIds.flatMap((clientId) => {
      const seen = this.seen.get(clientId)
      if (seen !== undefined && !isHere(seen)) return []
      const json = JSON.stringify(
        seen === undefined || seen.state === null ? null : { state: seen.state, card: seen.card },
      )
      return [
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, clientId)
          encoding.writeVarString(encoder, json)
        }),
      ]
    })
    for (let batch: Uint8Array[] = []; entries.length > 0; batch = []) {
      for (let bytes = 0, next = entries[0]; next !== undefined; next = entries[0]) {
        bytes += next.length
        if (batch.length > 0 && bytes > MAX_BYTES) break
        batch.push(next)
        entries.shift()
      }
      this.publish(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, batch.length)
          for (const entry of batch) encoding.writeUint8Array(encoder, entry)
        }),
      )
    }
  }

  tellAll(): void {
    this.tell([...this.seen].filter(([, seen]) => isHere(seen) && seen.state !== null).map(([clientId]) => clientId))
  }

  /** @returns nothing for a message that cannot be read */
  read(server: string, bytes: Uint8Array, now: number): Told[] {
    this.#heardAt.set(server, now)
    try {
      const decoder = decoding.createDecoder(bytes)
      const count = decoding.readVarUint(decoder)
      if (count === 0) this.tellAll()
      return Array.from({ length: count }, () => {
        const clientId = decoding.readVarUint(decoder)
        const said = JSON.parse(decoding.readVarString(decoder)) as { state: object; card: unknown } | null
        return {
          clientId,
          seen: said === null ? null : { owner: server, state: said.state, card: CardOfPeer.parse(said.card) },
        }
      })
    } catch {
      return []
    }
  }

  /** Client ids of people whose server has fallen silent. */
  overdue(now: number): number[] {
    return [...this.seen]
      .filter(([, { owner }]) => typeof owner === 'string' && now - (this.#heardAt.get(owner) ?? 0) > SILENCE)
      .map(([clientId]) => clientId)
  }
}

const isHere = (seen: Seen): seen is Seen & { owner: Participant } => typeof seen.owner !== 'string'

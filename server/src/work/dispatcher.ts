import { createHash } from 'node:crypto'
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { DiscoveryService, MetadataScanner } from '@nestjs/core'
import { CONTRACTS } from '@multilogue/shared/api'
import type { Contract } from '@multilogue/shared/contract'
import type { EntityManager } from 'typeorm'
import type { Caller } from '../access/caller.js'
import { Refusal } from '../common/problem.js'
import { CONTRACT, type Handler } from './handles.js'
import { FileAnswer } from './file-answer.js'
import { RateLimits } from './rate-limits.js'
import { UnitOfWork } from './unit-of-work.js'
import type { Writing } from './work.js'
import { WrittenAnswer } from './written-answer.js'

/**
 * One door for HTTP and sockets: parse, limit, run, answer. A write runs in one transaction together with its
 * idempotency key, so a retry after a lost answer gets the first answer and does nothing twice.
 */
@Injectable()
export class Dispatcher implements OnModuleInit {
  private readonly handlers = new Map<string, Handler>()

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly unit: UnitOfWork,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) this.collect(instance as object | null)
    for (const [name, contract] of CONTRACTS)
      if ((contract.access === 'seat' || contract.media) && !this.handlers.has(name))
        throw new Error(`Nothing handles ${name}.`)
    for (const name of this.handlers.keys())
      if (!CONTRACTS.has(name)) throw new Error(`${name} is not in the list of contracts, shared/src/api.ts.`)
  }

  /**
   * @returns the contract's output, or a `WrittenAnswer` or `FileAnswer` with it
   * @param key of the client's making; the same key with the same input is the same command
   * @throws Refusal, ZodError or a database error, for `problemOf`
   */
  async dispatch(contract: Contract, caller: Caller, raw: unknown, key?: string): Promise<unknown> {
    const handler = this.handlers.get(contract.name)
    if (!handler) throw new Refusal('not-found')
    if (contract.kind === 'write' && contract.access !== 'open') await this.limits.write(caller.personId)
    const input = contract.input.parse(raw ?? {})
    const answer = async (writing: Writing) => {
      const output = await handler(writing, input)
      return output instanceof WrittenAnswer || output instanceof FileAnswer ? output : contract.output.parse(output)
    }
    if (contract.kind === 'read') return this.unit.read(caller, (reading) => answer(reading as Writing))
    return this.unit.write(caller, async (writing) => {
      if (!key) return answer(writing)
      const known = await claim(writing, contract, key, input)
      if (known) return known.answer
      const result = await answer(writing)
      await keep(writing.db, key, caller, result)
      return result
    })
  }

  private collect(instance: object | null): void {
    if (!instance || typeof instance !== 'object') return
    const prototype: unknown = Object.getPrototypeOf(instance)
    if (!prototype) return
    for (const method of this.scanner.getAllMethodNames(prototype)) {
      const handler = (instance as Record<string, unknown>)[method]
      const contract = (handler as { [CONTRACT]?: Contract } | undefined)?.[CONTRACT]
      if (contract) this.handlers.set(contract.name, (handler as Handler).bind(instance))
    }
  }
}

const hash = (value: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest('hex')

const kept = ({ unkept = [] }: Contract, input: unknown) =>
  Object.fromEntries(Object.entries(input ?? {}).filter(([name]) => !unkept.includes(name)))

/** A second request with the key waits here for the first one's transaction, then finds its answer. */
async function claim({ db, caller, now }: Writing, contract: Contract, key: string, input: unknown) {
  const holder = caller.personId
  const known = hash(kept(contract, input))
  const claimed = await db.query<unknown[]>(
    `INSERT INTO idempotency_key (key, holder, command, input_hash, created_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING key`,
    [key, holder, contract.name, known, now],
  )
  if (claimed.length > 0) return undefined
  const [row] = await db.query<{ command: string; input_hash: string; answer: unknown }[]>(
    `SELECT command, input_hash, answer FROM idempotency_key WHERE key = $1 AND holder = $2`,
    [key, holder],
  )
  if (row?.command !== contract.name || row.input_hash !== known) throw new Refusal('key-reused')
  return { answer: row.answer }
}

async function keep(db: EntityManager, key: string, caller: Caller, answer: unknown): Promise<void> {
  await db.query(`UPDATE idempotency_key SET answer = $3 WHERE key = $1 AND holder = $2`, [
    key,
    caller.personId,
    JSON.stringify(answer),
  ])
}

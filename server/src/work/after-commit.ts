import type { DataSource, EntityManager, EntitySubscriberInterface, QueryRunner } from 'typeorm'

/** What waits for the end of a transaction: done when it has committed, dropped when it was rolled back. */
export class AfterCommit {
  private readonly waiting = new WeakMap<QueryRunner, Map<string, () => void>>()

  constructor(private readonly source: DataSource) {}

  start(): void {
    this.source.subscribers.push(this.subscriber)
  }

  stop(): void {
    this.source.subscribers.splice(this.source.subscribers.indexOf(this.subscriber), 1)
  }

  /**
   * @param name  of acts with one name the last is done, once
   * @returns false outside of a transaction: there is nothing to wait for, and nothing is done
   */
  wait({ queryRunner: runner }: EntityManager, name: string, act: () => void): boolean {
    if (!runner?.isTransactionActive) return false
    this.waiting.set(runner, (this.waiting.get(runner) ?? new Map<string, () => void>()).set(name, act))
    return true
  }

  private readonly subscriber: EntitySubscriberInterface = {
    afterTransactionCommit: ({ queryRunner }) => {
      if (queryRunner.isTransactionActive) return // a savepoint inside
      for (const act of this.take(queryRunner)) act()
    },
    afterTransactionRollback: ({ queryRunner }) => {
      if (!queryRunner.isTransactionActive) this.take(queryRunner)
    },
  }

  private take(runner: QueryRunner): (() => void)[] {
    const acts = this.waiting.get(runner)?.values() ?? []
    this.waiting.delete(runner)
    return [...acts]
  }
}

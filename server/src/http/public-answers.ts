import { Injectable } from '@nestjs/common'
import { Clock } from '../common/clock.js'

const MOST = 1000

interface Kept {
  until: number
  answer: Promise<string>
}

/** Answers that are the same for everybody, kept for a while: a thousand readers at once ask the database once. */
@Injectable()
export class PublicAnswers {
  private readonly kept = new Map<string, Kept>()

  constructor(private readonly clock: Clock) {}

  /**
   * @param make  called when there is no answer that is young enough; what it throws is not kept
   * @returns JSON
   */
  get(question: string, seconds: number, make: () => Promise<string>): Promise<string> {
    const now = this.clock.now().getTime()
    const known = this.kept.get(question)
    if (known && known.until > now) return known.answer
    const answer = make()
    const kept = { until: now + seconds * 1000, answer }
    this.kept.delete(question)
    this.kept.set(question, kept)
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST) break
      this.kept.delete(oldest)
    }
    answer.catch(() => this.kept.get(question) === kept && this.kept.delete(question))
    return answer
  }
}

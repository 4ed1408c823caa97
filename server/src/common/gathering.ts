interface Waiting<Question, Answer> {
  question: Question
  resolve: (answer: Answer) => void
  reject: (thrown: unknown) => void
}

/**
 * Asks many small questions as one. A question that comes alone is asked at once; under load the next batch gathers
 * while one is being answered, and for `pause` at least, so that a thousand questions that come together cost a few
 * statements. A batch that fails fails for all in it.
 */
export class Gathering<Question, Answer> {
  #waiting: Waiting<Question, Answer>[] = []
  #asking = false

  /**
   * @param askAll  answers in the order of the questions, which are at most `most`
   * @param pause  milliseconds between the beginnings of two batches, at least
   */
  constructor(
    private readonly askAll: (questions: Question[]) => Promise<Answer[]>,
    private readonly limits: { most: number; pause: number },
  ) {}

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject })
      if (!this.#asking) void this.#askWaiting()
    })
  }

  async #askWaiting(): Promise<void> {
    this.#asking = true
    while (this.#waiting.length > 0) {
      const { most, pause } = this.limits
      const paused = new Promise((resolve) => setTimeout(resolve, pause))
      await this.#askBatch(this.#waiting.splice(0, most))
      await paused
    }
    this.#asking = false
  }

  async #askBatch(batch: Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.askAll(batch.map(({ question }) => question))
      if (answers.length !== batch.length) throw new Error('A batch was not answered whole.')
      batch.forEach(({ resolve }, at) => resolve(answers[at] as Answer))
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown)
    }
  }
}

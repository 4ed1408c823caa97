interface Waiting<Question, Answer> {
  question: Question
  resolve: (answer: Answer) => void
  reject: (thrown: unknown) => void
}

/**
 * Asks many small questions as one: while one batch is being answered the next gathers, so a question that comes
 * alone does not wait, and a thousand that come together cost a few statements. A batch that fails fails for all in it.
 */
export class Gathering<Question, Answer> {
  #waiting: Waiting<Question, Answer>[] = []
  #asking = false

  /** @param askAll  answers in the order of the questions, which are at most `most` */
  constructor(
    private readonly askAll: (questions: Question[]) => Promise<Answer[]>,
    private readonly most: number,
  ) {}

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject })
      if (!this.#asking) void this.#askWaiting()
    })
  }

  async #askWaiting(): Promise<void> {
    this.#asking = true
    await Promise.resolve() // who asks in the same moment comes along
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.most)
      try {
        const answers = await this.askAll(batch.map(({ question }) => question))
        if (answers.length !== batch.length) throw new Error('A batch was not answered whole.')
        batch.forEach(({ resolve }, at) => resolve(answers[at] as Answer))
      } catch (thrown) {
        for (const { reject } of batch) reject(thrown)
      }
    }
    this.#asking = false
  }
}

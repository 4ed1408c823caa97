import { getThread, listMessages, type Message, type Thread } from '@multilogue/shared/dialogue'
import { streamOfRound, type EventPayload, type Happening } from '@multilogue/shared/events'
import type { Problem } from '@multilogue/shared/problems'
import { call, ProblemError } from '$lib/api'
import { Patience } from '$lib/patience'
import { connection } from '$lib/realtime/connection.svelte'

/**
 * One thread as it stands: read first, then kept by what happens in the round. Happenings that arrive
 * while the thread is being read are applied after it, so that nothing falls between the two.
 */
export class ThreadState {
  readonly threadId: string
  #thread = $state.raw<Thread>()
  #messages = $state.raw<Message[]>([])
  #problem = $state.raw<Problem>()
  #loaded = $state(false)
  #between: Happening[] | undefined
  #reading = 0
  readonly #patience = new Patience(() => void this.read())
  #onposted: (message: Message) => void

  constructor(threadId: string, onposted: (message: Message) => void) {
    this.threadId = threadId
    this.#onposted = onposted
  }

  get thread() {
    return this.#thread
  }
  get messages(): readonly Message[] {
    return this.#messages
  }
  get problem() {
    return this.#problem
  }
  get loaded() {
    return this.#loaded
  }

  /** @returns the function that stops listening */
  start(roundId: string): () => void {
    const stream = streamOfRound(roundId)
    const stopListening = connection.listen(stream, (happening) => this.#hear(happening))
    const stopReset = connection.onReset(stream, () => void this.read())
    void this.read()
    return () => {
      stopListening()
      stopReset()
      this.#patience.rest()
      this.#reading++
    }
  }

  async read() {
    this.#patience.rest()
    const reading = ++this.#reading
    this.#between = []
    try {
      const [thread, messages] = await Promise.all([
        call(getThread, { threadId: this.threadId }),
        call(listMessages, { threadId: this.threadId }),
      ])
      if (reading !== this.#reading) return
      const known = this.#messages
      this.#thread = thread
      this.#messages = messages
      this.#problem = undefined
      this.#patience.succeeded()
      this.#settle()
      if (this.#loaded)
        for (const message of messages) if (!known.some(({ id }) => id === message.id)) this.#onposted(message)
      this.#loaded = true
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (reading !== this.#reading) return
      this.#problem = error.problem
      this.#settle()
      this.#patience.failed(error.problem)
    }
  }

  /** The own answer to an edit or a ruling; the happening that follows finds it done. */
  take(thread: Thread) {
    this.#thread = thread
  }

  #settle() {
    const between = this.#between ?? []
    this.#between = undefined
    for (const happening of between) this.#apply(happening)
  }

  #hear(happening: Happening) {
    if (this.#between) this.#between.push(happening)
    else this.#apply(happening)
  }

  #apply({ name, payload }: Happening) {
    if (name === 'message.posted') {
      const { message } = payload as EventPayload<'message.posted'>
      if (message.threadId === this.threadId) this.#post(message)
    } else if (name === 'message.edited') {
      const { message } = payload as EventPayload<'message.edited'>
      if (message.threadId === this.threadId) this.#replace(message)
    } else if (name === 'message.withheld') {
      const { message } = payload as EventPayload<'message.withheld'>
      if (message.threadId === this.threadId) this.#put(message)
    } else if (name === 'message.positioned') {
      const { threadId, messageId, positions } = payload as EventPayload<'message.positioned'>
      if (threadId === this.threadId)
        this.#messages = this.#messages.map((known) => (known.id === messageId ? { ...known, positions } : known))
    } else if (name === 'thread.changed') {
      const { thread } = payload as EventPayload<'thread.changed'>
      if (thread.id === this.threadId) void this.#readThread()
    } else if (name === 'delegation.changed' || name === 'seat.ended' || name === 'session.changed') {
      void this.#readThread()
    }
  }

  #post(message: Message) {
    // Known, and released now.
    if (this.#messages.some((known) => known.id === message.id)) return this.#put(message)
    this.#messages = [...this.#messages, message]
    this.#onposted(message)
  }

  #put(message: Message) {
    this.#messages = this.#messages.map((known) => (known.id === message.id ? message : known))
  }

  #replace(message: Message) {
    this.#messages = this.#messages.map((known) =>
      known.id === message.id && known.revision < message.revision ? message : known,
    )
  }

  /** What the reader may do depends on the reader, so it is asked for anew. */
  async #readThread() {
    const reading = this.#reading
    try {
      this.#thread = await call(getThread, { threadId: this.threadId })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (reading === this.#reading) this.#patience.failed(error.problem)
    }
  }
}

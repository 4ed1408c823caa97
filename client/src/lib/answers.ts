import { acting } from './acting'
import { ProblemError } from './api'
import { readLocal, removeLocal, writeLocal } from './local-db'

/** Under which the server's last word on who is signed in is kept. */
const ME = 'me'

/**
 * What the server answers, or what it answered last while it cannot be reached. An answer is kept for the person
 * and the seat that got it; any other refusal removes it, because it may tell of a right that has been withdrawn.
 * @throws ProblemError as `ask` does
 */
export async function orKept<T>(name: string, ask: () => Promise<T>): Promise<T> {
  const key = name === ME ? ME : `${acting.personId}/${acting.seatId}/${name}`
  try {
    const answer = await ask()
    await writeLocal('answers', key, answer).catch(() => undefined)
    return answer
  } catch (thrown) {
    const isUnreachable = thrown instanceof ProblemError && thrown.name === 'unavailable'
    const kept = isUnreachable ? await readLocal('answers', key).catch(() => undefined) : undefined
    if (!isUnreachable) await removeLocal('answers', key).catch(() => undefined)
    if (kept === undefined) throw thrown
    return kept as T
  }
}

export const meOrKept = <T>(ask: () => Promise<T>): Promise<T> => orKept(ME, ask)

export const keepMe = (me: unknown): Promise<void> => writeLocal('answers', ME, me).catch(() => undefined)

import { me as getMe, setLanguage, signOut, type Me, type Seat } from '@multilogue/shared/identity'
import { getNoticeSetting } from '@multilogue/shared/notices'
import type { Language } from '@multilogue/shared/values'
import type { z } from 'zod'
import { acting } from './acting'
import { keepMe, meOrKept } from './answers'
import { call } from './api'
import { forgetSeatsBut } from './collab/local-copies'
import { i18n } from './i18n/i18n.svelte'
import { thisBrowser } from './rooms/notices/this-browser.svelte'

const KEPT = 'multilogue.seat'

const pushKey = async () => (await call(getNoticeSetting, {})).pushKey

/** The signed-in person and the one seat that acts. */
class SignedIn {
  #me = $state.raw<z.infer<typeof Me>>()
  #seat = $state.raw<Seat>()

  get person() {
    return this.#me?.person
  }
  get seats(): Seat[] {
    return this.#me?.seats ?? []
  }
  get seat(): Seat | undefined {
    return this.#seat
  }
  get roundId(): string | undefined {
    return this.#seat?.roundId
  }
  get administers(): boolean {
    return this.#me?.administers ?? false
  }
  get demo(): boolean {
    return this.#me?.demo ?? false
  }

  /** @throws ProblemError `not-signed-in` */
  async load(): Promise<void> {
    const me = await meOrKept(async () => {
      const answer = await call(getMe, {})
      const seatIds = answer.seats.map(({ id }) => id)
      await forgetSeatsBut(answer.person.id, seatIds).catch(() => undefined)
      return answer
    })
    await this.#take(me)
  }

  /** Somebody has just signed in. */
  async begin(me: z.infer<typeof Me>): Promise<void> {
    await keepMe(me)
    await this.#take(me)
  }

  async #take(me: z.infer<typeof Me>): Promise<void> {
    const kept = localStorage.getItem(KEPT)
    const seat = me.seats.find(({ id }) => id === kept) ?? me.seats[0]
    acting.personId = me.person.id
    acting.seatId = seat?.id
    this.#seat = seat
    this.#me = me
    void thisBrowser.goOn(me.person.id, pushKey).catch(() => undefined)
    if (!localStorage.getItem('multilogue.language')) await i18n.use(me.person.language)
  }

  /** Acts from another seat from now on. */
  act(seatId: string): void {
    const seat = this.seats.find(({ id }) => id === seatId)
    if (!seat) return
    localStorage.setItem(KEPT, seatId)
    acting.seatId = seatId
    this.#seat = seat
  }

  async speak(language: Language): Promise<void> {
    await i18n.use(language)
    localStorage.setItem('multilogue.language', language)
    if (this.#me) await call(setLanguage, { language }).catch(() => undefined)
  }

  async signOut(): Promise<void> {
    await call(signOut, {}).catch(() => undefined)
    void thisBrowser.leave().catch(() => undefined)
    this.forget()
  }

  forget(): void {
    acting.personId = undefined
    acting.seatId = undefined
    this.#seat = undefined
    this.#me = undefined
  }
}

export const me = new SignedIn()

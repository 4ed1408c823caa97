import { Inject, Injectable } from '@nestjs/common'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Refusal } from '../common/problem.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import type { Settings } from '../config/settings.js'

/** Counted per server process. Sign-in counts per address and per account, so neither can be tried at will. */
@Injectable()
export class RateLimits {
  private readonly writes: RateLimiterMemory
  private readonly signIns: RateLimiterMemory
  private readonly accounts: RateLimiterMemory
  private readonly knocks: RateLimiterMemory

  constructor(@Inject(SETTINGS_TOKEN) settings: Settings) {
    const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 })
    this.writes = perMinute(settings.WRITES_PER_MINUTE)
    this.signIns = perMinute(settings.SIGN_INS_PER_MINUTE)
    this.knocks = perMinute(settings.WRITES_PER_MINUTE)
    this.accounts = perMinute(Math.max(1, Math.ceil(settings.SIGN_INS_PER_MINUTE / 5)))
  }

  write(personId: string): Promise<void> {
    return take(this.writes, personId)
  }

  /** Somebody without a sign-in, by address. */
  knock(address: string): Promise<void> {
    return take(this.knocks, address)
  }

  async signIn(address: string, email: string): Promise<void> {
    await take(this.signIns, address)
    await take(this.accounts, email.toLowerCase())
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (thrown) {
    const wait = (thrown as { msBeforeNext?: number }).msBeforeNext
    if (wait === undefined) throw thrown
    throw new Refusal('too-many-requests', undefined, { retryAfterSeconds: Math.ceil(wait / 1000) })
  }
}

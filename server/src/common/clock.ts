import { Injectable } from '@nestjs/common'

/** The server's clock decides every deadline. It is injected so that tests can stand at the exact second. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date()
  }
}

/** The calendar day of an instant in UTC, `YYYY-MM-DD`. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10)

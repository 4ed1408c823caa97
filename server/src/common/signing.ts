import { createHmac, timingSafeEqual } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { SESSION_KEY } from '../config/token.js'
import { isUuid } from './ids.js'

const ID = 32
type Purpose = 'calendar' | 'mail' | 'invitation'

/**
 * Tokens that name an id and cannot be guessed, so that no table has to hold a secret. A token is good for one
 * purpose and ends with what its id names.
 */
@Injectable()
export class Signing {
  constructor(@Inject(SESSION_KEY) private readonly key: string) {}

  tokenOf(purpose: Purpose, id: string): string {
    const mac = createHmac('sha256', this.key).update(`${purpose} ${id}`).digest().subarray(0, 18)
    return `${id.replaceAll('-', '')}${mac.toString('base64url')}`
  }

  /** The id that a token names, or undefined when it was not made here for this. */
  idIn(purpose: Purpose, token: string): string | undefined {
    const id = token.slice(0, ID).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    if (!isUuid(id)) return undefined
    const [given, right] = [Buffer.from(token), Buffer.from(this.tokenOf(purpose, id))]
    return given.length === right.length && timingSafeEqual(given, right) ? id : undefined
  }
}

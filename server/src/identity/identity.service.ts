import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { setLanguage } from '@multilogue/shared/identity'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'

@Injectable()
export class IdentityService {
  @Handles(setLanguage)
  async setLanguage({ db, caller }: Writing, { language }: InputOf<typeof setLanguage>) {
    await db.query(`UPDATE person SET language = $2 WHERE id = $1`, [caller.personId, language])
    return { done: true as const }
  }
}

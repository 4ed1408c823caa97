import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { getMatrixFigures, listLines } from '@multilogue/shared/matrix'
import { seatIn } from '../access/round.access.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { countLines, linesOf, matrixFiguresOf, nextOf } from './matrix.views.js'

/** The matrix as it is read: lines by the page, figures by the database. Its statuses are set by reports alone. */
@Injectable()
export class MatrixService {
  @Handles(listLines)
  async listLines({ db, caller, now }: Reading, { roundId, after, limit, ...which }: InputOf<typeof listLines>) {
    const seat = seatIn(caller, roundId)
    const [lines, total] = await Promise.all([
      linesOf(db, seat, now, { ...which, after: after === undefined ? undefined : lineOf(after), limit }),
      after === undefined && !which.recommendationId ? countLines(db, roundId, now, which) : null,
    ])
    return { lines, total, next: nextOf(lines, limit) }
  }

  @Handles(getMatrixFigures)
  getMatrixFigures({ db, caller, now }: Reading, { roundId }: InputOf<typeof getMatrixFigures>) {
    seatIn(caller, roundId)
    return matrixFiguresOf(db, roundId, now)
  }
}

const lineOf = (after: string) => ({ recommendationId: after.slice(0, 36), code: after.slice(37) })

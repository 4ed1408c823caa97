import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { getLinesFile, getMatrixFigures, listLines } from '@multilogue/shared/matrix'
import { seatIn } from '../access/round.access.js'
import { FileAnswer } from '../work/file-answer.js'
import { say } from '../words/words.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { linesFile } from './lines-file.js'
import { countLines, everyLine, lineOf, linesOf, matrixFiguresOf, nextOf } from './matrix.views.js'

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

  @Handles(getLinesFile)
  async getLinesFile({ db, caller, now }: Reading, { roundId, language, ...which }: InputOf<typeof getLinesFile>) {
    const lines = everyLine(db, seatIn(caller, roundId), now, which)
    return new FileAnswer(linesFile(lines, language), 'text/csv', say(language, 'matrix.file'), 'csv')
  }

  @Handles(getMatrixFigures)
  getMatrixFigures({ db, caller, now }: Reading, { roundId }: InputOf<typeof getMatrixFigures>) {
    seatIn(caller, roundId)
    return matrixFiguresOf(db, roundId, now)
  }
}

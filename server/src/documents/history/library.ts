import type { Step } from '@multilogue/shared/history'
import type { WrittenAnswer } from '../../work/written-answer.js'
import type { Archive } from './archive.js'
import { Carried } from './carried.js'
import { Chronicle } from './chronicle.js'
import { stepsOf } from './steps.js'

/** A chronicle with what was worked out from it, for as long as the log does not grow. */
export interface Study {
  chronicle: Chronicle
  carried: Carried
  steps: Step[]
  /** By the number of points asked for. */
  timelines: Map<number, WrittenAnswer>
}

/** Bytes of log whose chronicles are kept at hand; in memory they take about twenty times as much. */
const SHELF = 16 * 1024 * 1024

/** The chronicles that were asked for last. */
export class Library {
  private readonly studies = new Map<string, Study>()

  constructor(private readonly archive: Archive) {}

  async study(documentId: string): Promise<Study> {
    const known = this.studies.get(documentId)
    const chronicle = known?.chronicle ?? new Chronicle()
    // Not on the shelf meanwhile: a chronicle that was extended halfway must not be found.
    this.studies.delete(documentId)
    const hasGrown = await this.archive.bringUpToDate(documentId, chronicle)
    const study = known && !hasGrown ? known : studyOf(chronicle)
    this.studies.set(documentId, study)
    this.makeRoom()
    return study
  }

  private makeRoom(): void {
    let bytes = [...this.studies.values()].reduce((sum, { chronicle }) => sum + chronicle.size, 0)
    for (const [documentId, { chronicle }] of this.studies) {
      if (bytes <= SHELF || this.studies.size === 1) return
      this.studies.delete(documentId)
      bytes -= chronicle.size
    }
  }
}

function studyOf(chronicle: Chronicle): Study {
  const carried = new Carried(chronicle)
  return { chronicle, carried, steps: stepsOf(chronicle, carried), timelines: new Map() }
}

import { checkIntegrity } from '@multilogue/shared/integrity'
import type { Stage } from './stage.js'

/** What of a text is not as it has to be: nothing, whatever was done to it. */
export const integrityOf = (stage: Stage, documentId: string) =>
  stage.done('secretariat', checkIntegrity, { documentId })

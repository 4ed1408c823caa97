import { checkIntegrity } from '@multilogue/shared/integrity'
import { until, type Stage } from './stage.js'

/** What of a text is not as it has to be, once what is kept beside it has followed. */
export async function integrityOf(stage: Stage, documentId: string) {
  const look = () => stage.done('secretariat', checkIntegrity, { documentId })
  let found = await look()
  await until('the rows follow the text', async () => (found = await look()).followed)
  return found
}

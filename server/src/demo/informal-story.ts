import { openInformal } from '@multilogue/shared/informals'
import type * as Y from 'yjs'
import type { Demo } from './demo.js'

/** Informal consultations on two paragraphs of the draft outcome, with a first compromise of Germany; invented. */
export async function informalStory(
  { world, delegations }: Demo,
  documentId: string,
  paragraphIds: string[],
): Promise<void> {
  const { id } = await world.do('facilitator', openInformal, {
    ...{ documentId, paragraphIds, title: 'Offers of assistance and rules on data' },
    delegationIds: ['DEU', 'ETH', 'IND', 'IDN'].map((code) => delegations[code]!),
  })
  await world.edit('deu.head', id, (blocks) => {
    const words = (blocks.get(1) as Y.XmlElement).get(0) as Y.XmlText
    words.insert(words.toJSON().lastIndexOf(';'), ', and that keep data where each country decides')
  })
}

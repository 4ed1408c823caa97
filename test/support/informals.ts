import { exportText } from '@multilogue/shared/exchange'
import { getDocument, listDocuments, syncDocument } from '@multilogue/shared/documents'
import { readText } from '@multilogue/shared/history'
import { getInformal, listInformals } from '@multilogue/shared/informals'
import { listActs } from '@multilogue/shared/negotiation'
import { StockClient } from '../realtime/stock-client.js'
import { until, type Stage } from './stage.js'

interface Of {
  documentId: string
  informalId: string
  roundId: string
}

/** What a person learns of informal consultations by every way there is. */
export async function visibilityOf(stage: Stage, who: string, { documentId, informalId, roundId }: Of) {
  const on = { documentId: informalId }
  const answers = [
    await stage.call(who, getInformal, { informalId }),
    await stage.call(who, getDocument, on),
    await stage.call(who, getDocument, on, { via: 'socket' }),
    await stage.call(who, syncDocument, on),
    await stage.call(who, readText, on),
    await stage.call(who, listActs, on),
  ]
  const file = await fetch(`${stage.address}/api${exportText.path.replace(':documentId', informalId)}?format=txt`, {
    headers: { cookie: await stage.cookieOf(who) },
  })
  const says = new Set([...answers.map((answer) => answer.says), file.status === 404 ? 'not-found' : 'ok'])
  const texts = await stage.call(who, listDocuments, { roundId })
  const beside = await stage.call(who, listInformals, { documentId })
  const listed = [...(texts.output ?? []), ...(beside.output ?? [])].filter(({ id }) => id === informalId).length
  return { asked: [...says], listed: listed === 2, joins: await joins(stage, who, informalId) }
}

async function joins(stage: Stage, who: string, documentId: string): Promise<boolean> {
  const client = await StockClient.connect(stage, who, documentId)
  try {
    await until('an answer', () => client.provider.synced || client.refused.length + client.closed.length > 0)
    return client.provider.synced
  } finally {
    client.provider.destroy()
    client.doc.destroy()
  }
}

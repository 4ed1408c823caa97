import { openDocument } from '@multilogue/shared/documents'
import { importText, type ExportFormat } from '@multilogue/shared/exchange'
import type { Language } from '@multilogue/shared/values'
import type { SmallRound } from './small-round.js'
import type { Stage } from './stage.js'

/** A text of the round made from a file; without words when there is none. */
export async function aTextFrom(
  { stage, round }: { stage: Stage; round: SmallRound },
  file: Uint8Array | string,
  { language = 'en', title = 'Outcome' }: { language?: Language; title?: string } = {},
): Promise<string> {
  const opened = { roundId: round.roundId, kind: 'outcome', title, language, visibility: 'participants' } as const
  const { id, revision } = await stage.done('facilitator', openDocument, opened)
  if (file.length > 0) {
    const input = { documentId: id, revision, file: Buffer.from(file).toString('base64') }
    await stage.done('facilitator', importText, input)
  }
  return id
}

/** A text as a file, as a delegation takes it away. @param issuedId  left out, as it stands */
export async function fileOf(stage: Stage, documentId: string, format: ExportFormat, issuedId?: string) {
  const query = new URLSearchParams({ format, ...(issuedId ? { issuedId } : {}) })
  const response = await fetch(`${stage.address}/api/documents/${documentId}/export?${query}`, {
    headers: { cookie: await stage.cookieOf('gha.head') },
  })
  return { bytes: new Uint8Array(await response.arrayBuffer()), response }
}

/** One text with a heading, a reason, two numbered paragraphs and one below them. */
export const TEXTS: Record<Language, string> = {
  en: 'Aims\n\nRecalling its work,\n\n1. Invites:\n\n(a) to share;\n\n(i) openly;\n\n1 bis. Decides.',
  fr: 'Buts\n\nRappelant ses travaux,\n\n1. Invite :\n\na) à partager ;\n\n2. Décide.',
  es: 'Fines\n\nRecordando su labor,\n\n1. Invita:\n\na) a compartir;\n\n2. Decide.',
  ru: 'Цели\n\nНапоминая о своей работе,\n\n1. Предлагает:\n\na) делиться;\n\n2. Постановляет.',
  ar: 'الأهداف\n\nإذ يشير إلى أعماله،\n\n1. يدعو:\n\n(أ) إلى التبادل؛\n\n2. يقرر.',
  zh: '目标\n\n回顾其工作，\n\n1. 邀请：\n\n(a) 分享；\n\n2. 决定。',
}

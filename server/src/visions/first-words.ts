import type { DiagnosticFinding, GuidingQuestion, OriginKind } from '@multilogue/shared/visions'
import { newId } from '../common/ids.js'
import type { Content } from '../documents/history/content.js'

interface Rests {
  kind: OriginKind
  targetId: string
  paragraphId: string
}

/** What a vision statement begins with: the findings as paragraphs, and each question as a heading to write below. */
export function firstWords(title: string, questions: GuidingQuestion[], findings: DiagnosticFinding[]) {
  const contents: Content[] = [block('heading', title, { level: 1 }).content]
  const origins: Rests[] = []
  const put = (kind: OriginKind, targetId: string, { id, content }: ReturnType<typeof block>) => {
    contents.push(content)
    origins.push({ kind, targetId, paragraphId: id })
  }
  for (const { id, title: words, body } of findings)
    put('finding', id, block('paragraph', body ? `${words}. ${body}` : words))
  for (const { id, body } of questions) {
    put('question', id, block('heading', body, { level: 2 }))
    contents.push(block('paragraph', '').content)
  }
  return { contents, origins }
}

function block(name: 'heading' | 'paragraph', text: string, attributes: { level?: number } = {}) {
  const id = newId()
  const content: Content = { name, attributes: { id, ...attributes }, children: text ? [[{ insert: text }]] : [] }
  return { id, content }
}

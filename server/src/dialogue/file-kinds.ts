import { ATTACHMENT_ENDINGS, type AttachmentKind } from '@multilogue/shared/attachments'
import { Refusal } from '../common/problem.js'
import { unpack } from '../documents/exchange/unpack.js'

/** The part that makes an archive of Office Open XML what it is. */
const MAIN_PARTS = {
  'word/document.xml': 'docx',
  'xl/workbook.xml': 'xlsx',
  'ppt/presentation.xml': 'pptx',
} as const satisfies Record<string, AttachmentKind>

const startsWith = (bytes: Uint8Array, ...sign: number[]) => sign.every((byte, index) => bytes[index] === byte)
const PDF = [...Buffer.from('%PDF-')]
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/**
 * What a file is by its bytes; its name has to say the same.
 * @throws Refusal file-not-taken
 */
export function kindOf(bytes: Uint8Array, name: string): AttachmentKind {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const kind = byBytes(bytes, ending)
  if (!kind) throw new Refusal('file-not-taken')
  const endings: readonly string[] = ATTACHMENT_ENDINGS[kind]
  if (!name.includes('.') || !endings.includes(ending))
    throw new Refusal('file-not-taken', `By its content it is a .${kind} file, by its name it is not.`)
  return kind
}

function byBytes(bytes: Uint8Array, ending: string): AttachmentKind | undefined {
  if (startsWith(bytes, ...PDF)) return 'pdf'
  if (startsWith(bytes, ...PNG)) return 'png'
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (startsWith(bytes, 0x50, 0x4b)) return ofArchive(bytes)
  // Nothing tells one from the other but the name.
  if (isText(bytes)) return ending === 'csv' ? 'csv' : 'txt'
  return undefined
}

function ofArchive(bytes: Uint8Array): AttachmentKind | undefined {
  const names = new Set<string>()
  try {
    unpack(bytes, (name) => (names.add(name), false))
  } catch {
    return undefined
  }
  if ([...names].some((name) => name.endsWith('vbaProject.bin')))
    throw new Refusal('file-not-taken', 'The file has macros; save it without them.')
  const main = Object.entries(MAIN_PARTS).filter(([part]) => names.has(part))
  return names.has('[Content_Types].xml') && main.length === 1 ? main[0]![1] : undefined
}

function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return !/[\u0000-\u0008\u000B\u000E-\u001F\u007F]/.test(text)
  } catch {
    return false
  }
}

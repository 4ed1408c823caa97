import { z } from 'zod'
import { file, inquiry } from './contract.js'
import { Id, written } from './values.js'

/** The kinds of files that are taken, with what their names end with. */
export const ATTACHMENT_ENDINGS = {
  pdf: ['pdf'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  txt: ['txt'],
  csv: ['csv'],
} as const satisfies Record<string, readonly string[]>
export type AttachmentKind = keyof typeof ATTACHMENT_ENDINGS

const OOXML = 'application/vnd.openxmlformats-officedocument'
export const ATTACHMENT_MEDIA: Record<AttachmentKind, string> = {
  pdf: 'application/pdf',
  docx: `${OOXML}.wordprocessingml.document`,
  xlsx: `${OOXML}.spreadsheetml.sheet`,
  pptx: `${OOXML}.presentationml.presentation`,
  png: 'image/png',
  jpeg: 'image/jpeg',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
}

export const ATTACHMENT_MEGABYTES = 10
export const ATTACHMENT_BYTES = ATTACHMENT_MEGABYTES * 1024 * 1024
export const ATTACHMENTS_OF_STATEMENT = 5

export const Attachment = z.object({
  id: Id,
  /** As it was uploaded, with its ending. */
  name: z.string(),
  /** What the bytes are, whatever the name says. */
  kind: z.enum(Object.keys(ATTACHMENT_ENDINGS) as [AttachmentKind, ...AttachmentKind[]]),
  /** Bytes. */
  size: z.int(),
  sha256: z.string(),
})
export type Attachment = z.infer<typeof Attachment>

const Bytes = z
  .string()
  .min(4)
  .refine((text) => !/[^A-Za-z0-9+/=]/.test(text), { error: 'Not base64.' })

export const attachFile = inquiry('dialogue.attachFile', 'POST /threads/:threadId/attachments', {
  summary: 'Upload a file for a statement that is made within a day; nobody sees it before.',
  input: z.object({ threadId: Id, name: written(200).min(1), file: Bytes }),
  output: Attachment,
})
export const downloadAttachment = file('dialogue.downloadAttachment', 'GET /attachments/:attachmentId', {
  summary: 'A file that goes with a statement.',
  input: z.object({ attachmentId: Id }),
  media: Object.values(ATTACHMENT_MEDIA),
})

import { z } from 'zod'
import { LANGUAGES } from './language.js'
import { SDG_TARGET } from './sdg.js'

/** Values that every room uses. Lengths are in UTF-16 code units after trimming. */
export const Id = z.uuid()
/** Permanent id of a paragraph; made by whoever wrote it, so anything that stands in an address as it is. */
export const ParagraphId = z.string().regex(/^[\w.:-]{1,100}$/, { error: 'Not the id of a paragraph.' })
/** Names what a paragraph said: an act on it is meant for those words and no others. */
export const ContentHash = z.string().regex(/^[0-9a-f]{32}$/, { error: 'Not the hash of a paragraph.' })
export const Language = z.enum(LANGUAGES)
export type Language = z.infer<typeof Language>

const hasNoControls = (text: string) => !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.test(text)
/** What a person writes, within a length. */
export const written = (max: number) =>
  z.string().trim().max(max).refine(hasNoControls, { error: 'Control characters are not allowed.' })

/** Plain text of a person. Markup has no meaning in it and is shown as it was typed. */
export const Line = written(300).min(1)
export const OptionalLine = written(300)
export const Paragraph = written(4000).min(1)
export const OptionalParagraph = written(4000)

/** Words of a text, exactly as they stand there. */
export const Quote = z.string().min(1).max(4000).refine(hasNoControls, { error: 'Control characters are not allowed.' })

/** UTC instant as ISO 8601. */
export const Instant = z.iso.datetime({ offset: true })
/** Calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date()
export const TimeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, { error: 'Not a time zone of the IANA database, such as Europe/Vienna.' })

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

export const SdgTarget = z.string().regex(SDG_TARGET, { error: 'Not an SDG target number, such as 9.b.' })
export const Money = z.object({
  amount: z.number().min(0.01).max(1e12),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'Not an ISO 4217 code, such as USD.' }),
})
export type Money = z.infer<typeof Money>

/** Counts up by one with every change; an edit names the revision it was made on. */
export const Revision = z.number().int().positive()
/** So many rows are on a page of a long list, at most. */
export const PageSize = z.coerce.number().pipe(z.int().min(1).max(100)).default(50)
export const Done = z.object({ done: z.literal(true) })
/** The acts that the acting seat may do on the object now; they decide which buttons are shown. */
export const May = z.array(z.string())
export const NoInput = z.object({})

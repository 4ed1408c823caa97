import { z } from 'zod'
import { command, query } from './contract.js'
import { Done, Id, Instant, NoInput, TimeZone } from './values.js'

export const NOTICE_KINDS = [
  'session_called',
  'session_moved',
  'session_cancelled',
  'item_called',
  'silence_started',
  'silence_ending',
  'silence_broken',
  'report_due',
  'report_returned',
  'evidence_withdrawn',
  'recommendation_addressed',
  'match_to_accept',
  'document_issued',
  'comment_answered',
  'mention',
  'statement',
  'key_point',
  'summary',
] as const
export const NoticeKind = z.enum(NOTICE_KINDS)
export type NoticeKind = z.infer<typeof NoticeKind>

/** What has to be done by then: always by mail and in the browser, at once, whatever the hour and whatever was chosen. */
export const DEADLINES: readonly NoticeKind[] = ['silence_started', 'silence_ending', 'report_due']

export const MAIL_WAYS = ['none', 'direct', 'digest'] as const
export const MailWay = z.enum(MAIL_WAYS)
export type MailWay = z.infer<typeof MailWay>
export const Way = z.object({
  app: z.boolean(),
  mail: MailWay,
  /** By the browsers that the person is told in, also while no page is open. */
  push: z.boolean(),
})
export type Way = z.infer<typeof Way>

const DIRECT: readonly NoticeKind[] = [
  ...DEADLINES,
  'session_called',
  'session_moved',
  'session_cancelled',
  'silence_broken',
  'report_returned',
  'evidence_withdrawn',
  'recommendation_addressed',
  'match_to_accept',
  'mention',
]
/** Said in the room itself, to those who are there. */
const UNMAILED: readonly NoticeKind[] = ['item_called', 'statement']

/** By which way a kind goes to somebody who has chosen this. */
export function wayOf(kind: NoticeKind, chosen: Partial<Record<NoticeKind, Way>>): Way {
  const usual = DIRECT.includes(kind) ? 'direct' : UNMAILED.includes(kind) ? 'none' : 'digest'
  const { app, mail, push } = chosen[kind] ?? { app: true, mail: usual, push: usual === 'direct' }
  const isDeadline = DEADLINES.includes(kind)
  return { app, mail: isDeadline ? 'direct' : mail, push: isDeadline || push }
}

/** What a person is told, in whichever seat. */
export const Notice = z.object({
  number: z.int(),
  kind: NoticeKind,
  /** What it is about, as people have named it. */
  subject: z.string(),
  href: z.string(),
  /** From which seat it is looked at. */
  seatId: Id,
  at: Instant,
  seenAt: Instant.nullable(),
})
export type Notice = z.infer<typeof Notice>

const Hour = z.int().min(0).max(23)
export const NoticeSetting = z.object({
  ways: z.partialRecord(NoticeKind, Way),
  /** No mail at all when false. */
  mail: z.boolean(),
  /** Mail and pushes that are no deadline wait until the second hour; null: they never wait. */
  quiet: z.object({ from: Hour, to: Hour }).nullable(),
  digestHour: Hour,
  timeZone: TimeZone,
})
export type NoticeSetting = z.infer<typeof NoticeSetting>

export const followThread = command('dialogue.followThread', 'PUT /threads/:threadId/following', {
  summary: 'Be told of statements, key points and summaries of a thread, or no longer.',
  input: z.object({ threadId: Id, follow: z.boolean() }),
  output: z.object({ following: z.boolean(), followers: z.int() }),
})
export const listNotices = query('notices.listNotices', 'GET /notices', {
  summary: 'What the person was told, the latest first.',
  input: NoInput,
  output: z.array(Notice),
})
export const countNotices = query('notices.countNotices', 'GET /notices/unseen', {
  summary: 'How many notices the person has not seen.',
  input: NoInput,
  output: z.object({ unseen: z.int() }),
})
export const seeNotices = command('notices.seeNotices', 'POST /notices/seen', {
  summary: 'Say up to which notice the person has seen them.',
  input: z.object({ upTo: z.int().positive() }),
  output: Done,
})
export const seeNotice = command('notices.seeNotice', 'POST /notices/:number/seen', {
  summary: 'Say that the person has seen this notice; answers where it leads, and from which seat.',
  input: z.object({ number: z.coerce.number().int().positive() }),
  output: Notice.pick({ href: true, seatId: true }),
})
export const getNoticeSetting = query('notices.getSetting', 'GET /notices/setting', {
  summary: 'Of what the person is told, and by which way; whether this server sends mail, and the key of its pushes.',
  input: NoInput,
  output: NoticeSetting.extend({ canMail: z.boolean(), pushKey: z.string().nullable() }),
})
export const keepNoticeSetting = command('notices.keepSetting', 'PUT /notices/setting', {
  summary: 'Choose of what to be told, and by which way. Deadlines are always told by mail at once.',
  input: NoticeSetting,
  output: Done,
})
export const unsubscribe = command('notices.unsubscribe', 'POST /unsubscribe/:token', {
  summary: 'No mail any more, without sign-in, as mail programs ask for it (RFC 8058).',
  access: 'open',
  input: z.object({ token: z.string().max(100) }),
  output: Done,
})

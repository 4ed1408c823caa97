import { z } from 'zod'

/** One setting: what it is called in the environment, what it may be, and what it does in words. */
interface Setting<T extends z.ZodType = z.ZodType> {
  schema: T
  says: string
  /** How the default reads on the page, where it is not a plain value. */
  defaultSays?: string
  secret?: boolean
}
const setting = <T extends z.ZodType>(
  schema: T,
  says: string,
  more: Pick<Setting, 'defaultSays' | 'secret'> = {},
): Setting<T> => ({ schema, says, ...more })

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, { error: 'a whole number' })
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min, { error: `at least ${min}` })
        .max(max, { error: `at most ${max}` }),
    )

/** Every setting of the server, declared once; `docs/configuration.md` is generated from here. */
export const SETTINGS = {
  PORT: setting(whole(0, 65_535).default(3000), 'Port of the web server; 0 takes any free one.'),
  HOST: setting(z.string().min(1).default('127.0.0.1'), 'Address the web server listens on; `0.0.0.0` for all.'),
  PUBLIC_URL: setting(
    z.url({ protocol: /^https?$/, error: 'a web address such as https://forum.example.org' }).optional(),
    'Address at which people reach the server. Requests from any other origin are refused; with `https` the session cookie is marked Secure.',
    { defaultSays: 'the address in the request' },
  ),
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, { error: 'an address that starts with postgres://' })
      .optional(),
    'Your own PostgreSQL (16 or later).',
    { defaultSays: 'an embedded PostgreSQL in `DATA_DIR`', secret: true },
  ),
  DATABASE_CONNECTIONS: setting(
    whole(2, 200).default(10),
    'Connections to PostgreSQL kept at most, for all but the texts.',
  ),
  TEXT_CONNECTIONS: setting(
    whole(1, 100).default(5),
    'Connections to PostgreSQL kept at most for the log of the texts, so that no keystroke waits for a list.',
  ),
  REDIS_URL: setting(
    z
      .string()
      .regex(/^rediss?:\/\//, { error: 'an address that starts with redis:// or rediss://' })
      .optional(),
    'Redis or Valkey through which several servers wake each other. It holds no data.',
    { defaultSays: 'PostgreSQL itself', secret: true },
  ),
  DATA_DIR: setting(z.string().min(1).default('.data'), 'Folder of the embedded PostgreSQL and of generated secrets.'),
  DEMO: setting(
    z
      .enum(['0', '1'], { error: '0 or 1' })
      .transform((v) => v === '1')
      .optional(),
    'Load the invented demo round into an empty database. With `0` the server refuses to start on a database that has the demo accounts.',
    { defaultSays: '`1` on the embedded database, otherwise `0`' },
  ),
  ADMIN_EMAIL: setting(
    z.email({ error: 'a mail address, such as you@example.org' }).optional(),
    'Mail address of the first account of an empty database: it may plan rounds and give seats. At the start a link to choose a password is sent there or, without `SMTP_URL`, printed.',
    { defaultSays: 'an empty database has no account' },
  ),
  SESSION_SECRET: setting(
    z.string().min(32, { error: 'at least 32 characters' }).optional(),
    'Key under which session tokens are hashed. Required with `DATABASE_URL`.',
    { defaultSays: 'made once and kept in `DATA_DIR`', secret: true },
  ),
  SESSION_HOURS: setting(whole(1, 720).default(12), 'Hours after which an unused session ends.'),
  SMTP_URL: setting(
    z
      .string()
      .refine((v) => /^smtps?:\/\/[^/]/.test(v) && URL.canParse(v), {
        error: 'an address that starts with smtp:// or smtps://, such as smtp://user:password@mail.example.org:587',
      })
      .optional(),
    'Server that sends the mail.',
    { defaultSays: 'no mail is sent', secret: true },
  ),
  MAIL_FROM: setting(
    z
      .string()
      .regex(/^(?:[^<>@\r\n"]+ <[^\s<>@"]+@[^\s<>@"]+>|[^\s<>@"]+@[^\s<>@"]+)$/, {
        error: 'a mail address, such as forum@example.org or MIPF Secretariat <forum@example.org>',
      })
      .optional(),
    'Sender of the mail. Required with `SMTP_URL`, as is `PUBLIC_URL`.',
  ),
  TRANSLATOR_URL: setting(
    z.url({ protocol: /^https?$/, error: 'a web address such as https://translate.example.org' }).optional(),
    'LibreTranslate server that translates statements when a reader asks for it. What is said, in private threads too, is sent to it.',
    { defaultSays: 'nothing is translated by machine' },
  ),
  TRANSLATOR_KEY: setting(z.string().min(1).optional(), 'Key of the LibreTranslate server.', {
    defaultSays: 'none is sent',
    secret: true,
  }),
  SCANNER_URL: setting(
    z
      .string()
      .regex(/^clamd:\/\/[^/\s]+$/, { error: 'an address that starts with clamd://, such as clamd://localhost:3310' })
      .optional(),
    'ClamAV daemon that looks at every file before it is taken. Its `StreamMaxLength` has to be 10 MB or more.',
    { defaultSays: 'files are not scanned' },
  ),
  IATI_ORG: setting(
    z
      .string()
      .regex(/^[A-Z0-9]+(-[A-Z0-9]+)+$/i, { error: 'an organisation identifier of IATI, such as XM-DAC-41123' })
      .default('ZZZ-MULTILOGUE'),
    'Organisation identifier under which activities are published by IATI. The default is nobody’s: set your own before anything is published.',
  ),
  PUSH_SERVICES: setting(
    z
      .string()
      .regex(/^(none|https?:\/\/(\*\.)?[\w.:-]+( https?:\/\/(\*\.)?[\w.:-]+)*)$/, {
        error: 'web addresses such as https://*.push.apple.com, parted by blanks, or none',
      })
      .default(
        'https://fcm.googleapis.com https://*.push.services.mozilla.com https://*.notify.windows.com https://*.push.apple.com',
      ),
    "Services of the browsers' makers through which people are told of notices while no page is open; `*.` stands for any name before. The server sends to no other address, and the words are encrypted for the one browser. With `none` it sends to nobody.",
  ),
  NOTICE_DAYS: setting(whole(30, 3650).default(180), 'Days after which notices and the mail on them are deleted.'),
  LOG_LEVEL: setting(
    z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    'Least important level that is logged, one JSON object a line. Logs hold ids and sizes, never texts, passwords or tokens.',
  ),
  SIGN_INS_PER_MINUTE: setting(
    whole(1, 100_000).default(20),
    'Sign-in attempts per minute and address; a fifth of it per account.',
  ),
  WRITES_PER_MINUTE: setting(whole(1, 100_000).default(240), 'Writing commands per minute and person.'),
  BODY_KILOBYTES: setting(whole(16, 10_240).default(64), 'Largest body of a command, in kilobytes.'),
  IMPORT_MEGABYTES: setting(whole(1, 20).default(5), 'Largest file from which a text is made, in megabytes.'),
  TEXT_FRAME_KILOBYTES: setting(whole(64, 10_240).default(1024), 'Largest edit of a text in one frame, in kilobytes.'),
  TEXT_UPDATES_PER_SECOND: setting(
    whole(10, 10_000).default(200),
    'Messages per second of one open text that are taken in the long run.',
  ),
  TEXT_UPDATES_AT_ONCE: setting(whole(10, 100_000).default(1000), 'Messages of one open text that are taken at once.'),
  TEXT_PRESENCE_BYTES: setting(whole(256, 65_536).default(4096), 'Largest presence state of one open text, in bytes.'),
  TEXT_UNREAD_KILOBYTES: setting(
    whole(64, 65_536).default(1024),
    'What may wait for a reader that does not read, in kilobytes; then it is hung up on.',
  ),
  TEXT_UNSETTLED_KILOBYTES: setting(
    whole(64, 1_048_576).default(8192),
    'What one open text may have sent and not yet stored, in kilobytes.',
  ),
  TEXT_UNSTORED_MEGABYTES: setting(
    whole(1, 65_536).default(128),
    'What all texts together may hold while the database does not answer, in megabytes.',
  ),
  TEXT_READERS: setting(whole(1, 100_000).default(1000), 'Connections to one text on one server.'),
  TEXT_TABS: setting(whole(1, 1000).default(32), 'Connections of one sign-in to one text.'),
  TEXTS_PER_PERSON: setting(whole(1, 10_000).default(100), 'Texts that one person has open at a time on one server.'),
  TEXT_CONNECTIONS_PER_PERSON: setting(
    whole(1, 100_000).default(200),
    'Connections of one person to all texts together on one server.',
  ),
} as const

export type Settings = { [K in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[K]['schema']> }

/**
 * Reads the settings once, at the start. An empty value counts as absent.
 * @throws Error with one sentence for each wrong setting, naming it; never its value, which may be a secret
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const wrong: string[] = []
  const read: Record<string, unknown> = {}
  for (const [name, { schema }] of Object.entries(SETTINGS)) {
    const result = schema.safeParse(environment[name] || undefined)
    if (result.success) read[name] = result.data
    else wrong.push(`${name} must be ${result.error.issues[0]?.message ?? 'something else'}.`)
  }
  if (environment.DATABASE_URL && !environment.SESSION_SECRET)
    wrong.push('SESSION_SECRET must be set when DATABASE_URL is.')
  if (environment.SMTP_URL)
    for (const name of ['MAIL_FROM', 'PUBLIC_URL'])
      if (!environment[name]) wrong.push(`${name} must be set when SMTP_URL is.`)
  if (wrong.length > 0) throw new Error(`The settings are not right. ${wrong.join(' ')}`)
  return read as Settings
}

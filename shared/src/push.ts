import { z } from 'zod'
import { command } from './contract.js'
import { Done } from './values.js'

/** What a browser gives out so that it can be told things while no page is open (Push API, RFC 8291). */
const Endpoint = z.url().max(2000)
const base64url = (bytes: number) => z.string().regex(new RegExp(`^[\\w-]{${Math.ceil((bytes * 4) / 3)}}$`))

export const keepBrowser = command('push.keepBrowser', 'PUT /notices/browser', {
  summary: 'Be told of notices in this browser too, until the person signs out there.',
  input: z.object({ endpoint: Endpoint, p256dh: base64url(65), auth: base64url(16) }),
  output: Done,
})
export const endBrowser = command('push.endBrowser', 'POST /notices/browser/end', {
  summary: 'Be told of nothing in this browser any more.',
  input: z.object({ endpoint: Endpoint }),
  output: Done,
})

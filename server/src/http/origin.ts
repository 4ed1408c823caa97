import type { IncomingMessage } from 'node:http'
import type { Settings } from '../config/settings.js'

/**
 * Whether a request comes from our own pages. A browser names the origin on every write and on every socket;
 * a program that sends none has no cookies of a victim either.
 */
export function ownOrigin(request: Pick<IncomingMessage, 'headers'>, settings: Settings): boolean {
  const { origin, host } = request.headers
  if (!origin) return request.headers['sec-fetch-site'] !== 'cross-site'
  if (settings.PUBLIC_URL) return origin === new URL(settings.PUBLIC_URL).origin
  return URL.canParse(origin) && new URL(origin).host === host
}

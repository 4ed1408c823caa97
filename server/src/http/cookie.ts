import type { IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Settings } from '../config/settings.js'

const NAME = 'multilogue_session'

/** The session token of a request or of a socket's handshake. */
export const tokenOf = (request: Pick<IncomingMessage, 'headers'>): string | undefined =>
  parseCookie(request.headers.cookie ?? '')[NAME]

/** The `Set-Cookie` value that keeps a token, or without one removes it. */
export const sessionCookie = (settings: Settings, token?: string): string =>
  stringifySetCookie({
    name: NAME,
    value: token ?? '',
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: settings.PUBLIC_URL?.startsWith('https:') ?? false,
    maxAge: token ? settings.SESSION_HOURS * 3600 : 0,
  })

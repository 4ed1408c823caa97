import type { Settings } from '../config/settings.js'

/** Where people reach the server, for links in calendars; without a stroke at the end. */
export const publicAddress = ({ PUBLIC_URL, HOST, PORT }: Settings): string =>
  (PUBLIC_URL ?? `http://${HOST === '0.0.0.0' ? 'localhost' : HOST}:${PORT}`).replace(/\/+$/, '')

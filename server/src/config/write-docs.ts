import { writeFileSync } from 'node:fs'
import { SETTINGS } from './settings.js'

/** The page `docs/configuration.md`, made from the declarations. */
export function settingsPage(): string {
  const rows = Object.entries(SETTINGS).map(([name, { schema, says, defaultSays, secret }]) => {
    const given = schema.parse(undefined)
    const absent = defaultSays ?? (given === undefined ? 'none' : `\`${String(given)}\``)
    return `| \`${name}\` | ${says}${secret ? ' Secret.' : ''} | ${absent} |`
  })
  return [
    '# Configuration',
    '',
    'Settings are environment variables. This page is generated from `server/src/config/settings.ts` by `npm run docs`.',
    'A wrong value stops the start with a sentence that names the setting.',
    '',
    '| setting | what it does | default |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

if (import.meta.url === `file://${process.argv[1]}`) writeFileSync('docs/configuration.md', settingsPage())

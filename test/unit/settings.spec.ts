import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { readSettings, SETTINGS } from '../../server/src/config/settings.js'
import { settingsPage } from '../../server/src/config/write-docs.js'

/** @returns the sentence that stops the start */
function sentence(environment: Record<string, string>): string {
  try {
    readSettings(environment)
  } catch (thrown) {
    return (thrown as Error).message
  }
  throw new Error('The settings were taken.')
}

describe('Settings', () => {
  it('[SETTINGS-1] have defaults; an empty value counts as absent', () => {
    const plain = readSettings({})
    expect(plain).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: '.data',
      SESSION_HOURS: 12,
      LOG_LEVEL: 'info',
    })
    expect(plain.DATABASE_URL).toBeUndefined()
    expect(readSettings(Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, ''])))).toEqual(plain)
  })

  it('[SETTINGS-1] are read as what they are', () => {
    const read = readSettings({ PORT: '0', DEMO: '0', PUBLIC_URL: 'https://forum.example.org', WRITES_PER_MINUTE: '7' })
    expect(read).toMatchObject({ PORT: 0, DEMO: false, PUBLIC_URL: 'https://forum.example.org', WRITES_PER_MINUTE: 7 })
    expect(readSettings({ DEMO: '1' }).DEMO).toBe(true)
  })

  const wrong: [keyof typeof SETTINGS, string[]][] = [
    ['PORT', ['eighty', '-1', '70000', '3000.5', '0x50', ' ']],
    ['PUBLIC_URL', ['secret.example', 'javascript:alert(1)', 'ftp://secret.example']],
    ['DATABASE_URL', ['mysql://secret@host/db', 'localhost:5432']],
    ['DATABASE_CONNECTIONS', ['1', '201', 'many']],
    ['TEXT_CONNECTIONS', ['0', '101', 'many']],
    ['DEMO', ['yes', 'true', '2']],
    ['SESSION_SECRET', ['too-short-a-secret']],
    ['SESSION_HOURS', ['0', '721']],
    ['LOG_LEVEL', ['loud', 'INFO']],
    ['SMTP_URL', ['http://secret.example', 'secret.example:25']],
    ['MAIL_FROM', ['secretariat', 'Forum <secretariat>', 'a@b.org>, c@d.org']],
    ['SIGN_INS_PER_MINUTE', ['0', 'unlimited']],
    ['WRITES_PER_MINUTE', ['0']],
    ['BODY_KILOBYTES', ['15', '10241']],
    ['TEXT_FRAME_KILOBYTES', ['63']],
    ['TEXT_UPDATES_PER_SECOND', ['9']],
  ]
  it.each(wrong)(
    '[SETTINGS-2] a wrong %s stops the start with a sentence that names it and not its value',
    (name, values) => {
      for (const value of values) {
        const told = sentence({ [name]: value, ...(name === 'DATABASE_URL' ? { SESSION_SECRET: 'x'.repeat(32) } : {}) })
        expect(told).toMatch(new RegExp(`^The settings are not right\\. ${name} must be .+\\.$`))
        if (value.trim().length > 3) expect(told).not.toContain(value)
      }
    },
  )

  it('[SETTINGS-2] several wrong ones are all named at once', () => {
    const told = sentence({ PORT: 'x', LOG_LEVEL: 'loud', SESSION_HOURS: '0' })
    for (const name of ['PORT', 'LOG_LEVEL', 'SESSION_HOURS']) expect(told).toContain(`${name} must be`)
  })

  it('[SETTINGS-3] a database of its own needs a secret of its own', () => {
    expect(sentence({ DATABASE_URL: 'postgres://u:p@host/db' })).toContain('SESSION_SECRET must be set')
    expect(sentence({ REDIS_URL: 'http://host:6379' })).toContain(
      'REDIS_URL must be an address that starts with redis://',
    )
    expect(sentence({ DATABASE_URL: 'postgres://u:p@host/db' })).not.toContain('u:p')
  })

  it('[SETTINGS-4] are all told on the page, which is generated (npm run docs)', () => {
    const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')
    expect(page).toBe(settingsPage())
    for (const name of Object.keys(SETTINGS)) expect(page).toContain(`| \`${name}\` |`)
    expect(page).toMatch(/^\| `PORT` .* \| `3000` \|$/m)
  })
})

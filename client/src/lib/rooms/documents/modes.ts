/** The sign and colour that go with a text's mode. */
export const MODE_TONES = { drafting: 'ok', negotiating: 'warn', frozen: 'neutral' } as const

import { z } from 'zod'
import { command, query } from './contract.js'
import { Done, Language } from './values.js'

const Token = z.string().max(100)

export const PASSWORD_LENGTH = 12

export const askForLink = command('passwords.askForLink', 'POST /password-links', {
  summary: 'Have a link to choose a new password sent to a mail address. Answers the same whether it is known or not.',
  access: 'open',
  input: z.object({ email: z.email().max(254) }),
  output: Done,
})
export const readLink = query('passwords.readLink', 'GET /password-links/:token', {
  summary: 'Whom a link is for.',
  access: 'open',
  input: z.object({ token: Token }),
  output: z.object({ name: z.string(), email: z.string(), language: Language, roundTitle: z.string().nullable() }),
})
export const choosePassword = command('passwords.choosePassword', 'POST /password-links/:token', {
  summary: 'Choose a password with a link; every other link and every open sign-in of the person ends.',
  access: 'open',
  input: z.object({
    token: Token,
    password: z.string().min(PASSWORD_LENGTH, { error: 'At least 12 characters.' }).max(200),
  }),
  output: z.object({ email: z.string() }),
})

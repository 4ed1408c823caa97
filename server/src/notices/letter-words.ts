import type { Language } from '@multilogue/shared/values'

interface Link {
  words: string
  url: string
}

/** What a mail says. */
export interface Words {
  language: Language
  dir: 'ltr' | 'rtl'
  greeting: string
  /** `when` may be empty. */
  items: { words: string; subject: string; when: string; url: string }[]
  footer: Link[]
}

export const textOf = ({ greeting, items, footer }: Words): string =>
  [
    greeting,
    ...items.map(({ words, subject, when, url }) => [`${words}: ${subject}`, when, url].filter(Boolean).join('\n')),
    ...(footer.length > 0 ? [`-- \n${footer.map(({ words, url }) => `${words}: ${url}`).join('\n')}`] : []),
  ].join('\n\n')

/** Names and titles may be written in another direction than the mail. */
export function pageOf({ language, dir, greeting, items, footer }: Words): string {
  const link = ({ words, url }: Link) => `<a href="${escaped(url)}">${escaped(words)}</a>`
  return [
    `<!doctype html><html lang="${language}" dir="${dir}"><head><meta charset="utf-8"></head>`,
    '<body style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:600px;margin:0 auto;padding:16px">',
    `<p><bdi>${escaped(greeting)}</bdi></p>`,
    ...items.map(
      ({ words, subject, when, url }) =>
        `<p>${escaped(words)}<br><a href="${escaped(url)}"><strong><bdi>${escaped(subject)}</bdi></strong></a>${when && `<br>${escaped(when)}`}</p>`,
    ),
    footer.length > 0 ? `<hr><p><small>${footer.map(link).join(' · ')}</small></p>` : '',
    '</body></html>',
  ].join('\n')
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign]!)

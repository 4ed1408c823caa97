import { readFileSync } from 'node:fs'
import { validateXML } from 'xmllint-wasm'

/** @param path  below `test/fixtures` */
const fixture = (path: string) => ({
  fileName: path.slice(path.lastIndexOf('/') + 1),
  contents: readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8'),
})

/**
 * What libxml2 finds wrong with files by a publisher's schema and what that includes; nothing for valid ones. To read a
 * schema takes longer than many files.
 */
export async function faultsBy([schema, ...included]: [string, ...string[]], files: string[]): Promise<string[]> {
  const { errors } = await validateXML({
    xml: files.map((contents, at) => ({ fileName: `file-${at}.xml`, contents })),
    schema: fixture(schema),
    preload: included.map(fixture),
  })
  return errors.map(({ rawMessage }) => rawMessage)
}

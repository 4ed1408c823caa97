import { readFileSync } from 'node:fs'
import { validateXML } from 'xmllint-wasm'

const fixture = (fileName: string) => ({
  fileName,
  contents: readFileSync(new URL(`../fixtures/akoma-ntoso/${fileName}`, import.meta.url), 'utf8'),
})

/** What libxml2 finds wrong by the schema of OASIS; nothing for valid files. To read the schema takes longer than all files. */
export async function faultsOfAkn(...files: string[]): Promise<string[]> {
  const { errors } = await validateXML({
    xml: files.map((contents, at) => ({ fileName: `text-${at}.xml`, contents })),
    schema: fixture('akomantoso30.xsd'),
    preload: fixture('xml.xsd'),
  })
  return errors.map(({ rawMessage }) => rawMessage)
}

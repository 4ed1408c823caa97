import { readFileSync } from 'node:fs'
import { validateXML } from 'xmllint-wasm'

const fixture = (fileName: string) => ({
  fileName,
  contents: readFileSync(new URL(`../fixtures/akoma-ntoso/${fileName}`, import.meta.url), 'utf8'),
})

/** What libxml2 finds wrong by the schema of OASIS; nothing for a valid file. */
export async function faultsOfAkn(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'text.xml', contents: xml },
    schema: fixture('akomantoso30.xsd'),
    preload: fixture('xml.xsd'),
  })
  return errors.map(({ rawMessage }) => rawMessage)
}

import { readFileSync } from 'node:fs'
import { validateXML } from 'xmllint-wasm'

const fixture = (folder: string, fileName: string) => ({
  fileName,
  contents: readFileSync(new URL(`../fixtures/${folder}/${fileName}`, import.meta.url), 'utf8'),
})

/** What libxml2 finds wrong by the activity schema of IATI 2.03; nothing for a valid file. */
export async function faultsOfIati(contents: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'activities.xml', contents }],
    schema: fixture('iati-2.03', 'iati-activities-schema.xsd'),
    preload: [fixture('iati-2.03', 'iati-common.xsd'), fixture('akoma-ntoso', 'xml.xsd')],
  })
  return errors.map(({ rawMessage }) => rawMessage)
}

/** The activities of a file, each with its own words. */
export const activitiesIn = (xml: string): string[] => xml.match(/<iati-activity .*?<\/iati-activity>/gs) ?? []

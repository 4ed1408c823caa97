import { faultsBy } from './xsd.js'

/** What is wrong by the activity schema of IATI 2.03; nothing for a valid file. */
export const faultsOfIati = (file: string): Promise<string[]> =>
  faultsBy(['iati-2.03/iati-activities-schema.xsd', 'iati-2.03/iati-common.xsd', 'akoma-ntoso/xml.xsd'], [file])

/** The activities of a file, each with its own words. */
export const activitiesIn = (xml: string): string[] => xml.match(/<iati-activity .*?<\/iati-activity>/gs) ?? []

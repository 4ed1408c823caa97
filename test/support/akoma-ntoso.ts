import { faultsBy } from './xsd.js'

/** What is wrong by the schema of OASIS; nothing for valid files. */
export const faultsOfAkn = (...files: string[]): Promise<string[]> =>
  faultsBy(['akoma-ntoso/akomantoso30.xsd', 'akoma-ntoso/xml.xsd'], files)

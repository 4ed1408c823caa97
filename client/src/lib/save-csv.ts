import { csvOf } from '@multilogue/shared/csv'
import { download } from '$lib/download'

/** Hands a table to the browser as a file. */
export const saveCsv = (name: string, lines: readonly (readonly string[])[]): void =>
  download(new File([csvOf(lines)], name, { type: 'text/csv;charset=utf-8' }))

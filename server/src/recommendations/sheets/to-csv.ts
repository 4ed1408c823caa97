import { csvOf } from '@multilogue/shared/csv'
import type { Table } from './table.js'

export const csvFile = ({ heads, lines }: Pick<Table, 'heads' | 'lines'>): Uint8Array =>
  new TextEncoder().encode(csvOf([heads, ...lines]))

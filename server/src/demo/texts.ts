import type { NewBlock } from '../collab/text.js'

type Block = Omit<NewBlock, 'id'>
const heading = (text: string, level = 2): Block => ({ kind: 'heading', level, text })
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

/** A half-drafted vision statement, written for the demo. */
export const VISION: Block[] = [
  heading('Vision statement', 1),
  paragraph('Draft of the facilitator, open for writing by all member delegations. Invented for the demo.'),
  heading('The members of the round,'),
  paragraph('Recognizing that digital tools change what small manufacturers can make, sell and prove,'),
  paragraph('Noting that strategies written apart often ask firms for the same data twice,'),
  paragraph('Mindful of the least developed countries, where the first step is a shared baseline,'),
  heading('see by 2032'),
  paragraph('Firms of every size that can use industrial data on clear and equal terms;'),
  paragraph('Ministries of industry and of digital affairs that plan from one set of figures;'),
  paragraph('Cooperatives led by women that sell traceable products under their own name;'),
  paragraph('Experience that travels between members as fast as technology does.'),
]

/** What two delegations changed in the vision statement, after which words. `block` counts from 0. */
export const FIRST_READING = [
  { by: 'gha.head', block: 7, after: 'equal terms', remove: '', insert: ', and afford the tools for it' },
  {
    by: 'kor.head',
    block: 10,
    after: 'between members ',
    remove: 'as fast as technology does',
    insert: 'in both directions',
  },
]

/** The frame of an action plan, to be filled in session. */
export const PLAN: Block[] = [
  heading('Action plan 2027–2029', 1),
  paragraph('Each action names who leads, by when, and how it is measured. Invented for the demo.'),
  heading('1. One baseline for two strategies'),
  paragraph('Lead: Ethiopia with India. Agree on ten indicators and a common questionnaire.'),
  heading('2. Shared market survey for cosmetics and shea'),
  paragraph('Lead: Ghana with Colombia and the Republic of Korea.'),
  heading('3. Traceability for women’s cooperatives'),
  paragraph('Lead: Morocco with Tunisia and Switzerland. Measure: to be agreed.'),
]

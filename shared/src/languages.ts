import { z } from 'zod'
import { command, query } from './contract.js'
import { Block, By, Run } from './negotiation.js'
import { ContentHash, Id, Instant, Language, Line, May, OptionalParagraph, ParagraphId, Revision } from './values.js'

/** machine: no person has read it. translated, revised, official: as translators, revisers and the secretariat say. */
export const RenderingStatus = z.enum(['machine', 'translated', 'revised', 'official'])
export const PairState = z.enum(['missing', 'stale', 'unbracketed', 'current'])
export const VersionState = z.enum(['requested', 'in_progress', 'official', 'overtaken'])

const count = z.int().nonnegative()
export const Progress = z.object({
  live: count,
  machine: count,
  translated: count,
  revised: count,
  official: count,
  stale: count,
  unbracketed: count,
  missing: count,
  surplus: count,
})

/** A text in another language. */
export const LanguageVersion = z.object({
  /** Also the id of its own text. */
  id: Id,
  /** The source. */
  documentId: Id,
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  title: z.string(),
  state: VersionState,
  progress: Progress,
  openedAt: Instant,
  officialAt: Instant.nullable(),
  revision: Revision,
  may: May,
})
export type LanguageVersion = z.infer<typeof LanguageVersion>

export const Rendering = z.object({
  runs: z.array(Run),
  /** Of its own content. */
  hash: z.string(),
  /** Null until the server has seen who wrote it, a moment after the first words. */
  status: RenderingStatus.nullable(),
  /** It was revised or official, and has been edited since. */
  was: z.enum(['revised', 'official']).nullable(),
  /** Who gave it its status, or set it back by an edit, and when. */
  by: By.nullable(),
  at: Instant.nullable(),
  /** The log number of the source on which it was marked. */
  sourceNo: z.int().nullable(),
})
export type Rendering = z.infer<typeof Rendering>

/** A paragraph of the source and its rendering. */
export const ConcordanceRow = z.object({
  source: Block.extend({ hash: z.string() }),
  rendering: Rendering.nullable(),
  state: PairState,
  /** How many edits of the source the rendering has not followed; 0 when it is not stale. */
  behind: count,
})
export type ConcordanceRow = z.infer<typeof ConcordanceRow>

export const Concordance = LanguageVersion.extend({
  /** The log number of the source in this answer. */
  no: z.int(),
  rows: z.array(ConcordanceRow),
  /** Renderings of what the source does not say any more. */
  surplus: z.array(z.object({ id: z.string(), runs: z.array(Run) })),
})
export type Concordance = z.infer<typeof Concordance>

/** Why a text cannot be official in a language. */
export const Unfinished = z.object({
  id: z.string(),
  /** As it is printed; empty for what has none. */
  number: z.string(),
  state: z.enum(['missing', 'stale', 'unbracketed', 'machine', 'surplus']),
})
export type Unfinished = z.infer<typeof Unfinished>

const inVersion = { versionId: Id }
const inParagraph = { ...inVersion, paragraphId: ParagraphId }

export const listLanguageVersions = query('languages.listLanguageVersions', 'GET /documents/:documentId/languages', {
  summary: 'The other languages of a text, and how far each has come.',
  input: z.object({ documentId: Id }),
  output: z.object({
    documentId: Id,
    language: Language,
    dir: z.enum(['ltr', 'rtl']),
    title: z.string(),
    versions: z.array(LanguageVersion),
    may: May,
  }),
})
export const getConcordance = query('languages.getConcordance', 'GET /languages/:versionId', {
  summary: 'A text beside its rendering in another language, aligned by paragraph id.',
  input: z.object(inVersion),
  output: Concordance,
})
export const openLanguageVersion = command('languages.openLanguageVersion', 'POST /documents/:documentId/languages', {
  summary: 'Ask for a text in another language.',
  input: z.object({ documentId: Id, language: Language, title: Line }),
  output: LanguageVersion,
})
export const changeLanguageVersion = command('languages.changeLanguageVersion', 'PATCH /languages/:versionId', {
  summary: 'Give a language version another title; close it as official, or open it again.',
  input: z.object({ ...inVersion, revision: Revision, title: Line.optional(), official: z.boolean().optional() }),
  output: LanguageVersion,
})
export const beginRendering = command(
  'languages.beginRendering',
  'POST /languages/:versionId/paragraphs/:paragraphId',
  {
    summary: 'Give a paragraph its place in a language version, to be written there; with words, if there are any.',
    input: z.object({
      ...inParagraph,
      words: OptionalParagraph.default(''),
      status: z.enum(['machine', 'translated']).default('translated'),
    }),
    output: Concordance,
  },
)
export const markRendering = command(
  'languages.markRendering',
  'PUT /languages/:versionId/paragraphs/:paragraphId/status',
  {
    summary: 'Say of a rendering that it is translated, revised or official, against the source as it was seen.',
    input: z.object({
      ...inParagraph,
      /** Of the paragraph of the source. */
      sourceHash: ContentHash,
      /** Of the rendering. */
      hash: ContentHash,
      status: z.enum(['translated', 'revised', 'official']),
    }),
    output: Concordance,
  },
)
export const dropRendering = command(
  'languages.dropRendering',
  'DELETE /languages/:versionId/paragraphs/:paragraphId',
  {
    summary: 'Remove a rendering whose paragraph the source has no longer.',
    input: z.object(inParagraph),
    output: Concordance,
  },
)

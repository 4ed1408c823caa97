import {
  beginRendering,
  changeLanguageVersion,
  getConcordance,
  markRendering,
  openLanguageVersion,
} from '@multilogue/shared/languages'
import * as Y from 'yjs'
import type { World } from './world.js'

/** The zero draft in French, paragraph by paragraph; written for the demo. */
const FRENCH = [
  'Projet de document final sur les politiques numériques et industrielles',
  'Les membres du cycle,',
  'Reconnaissant que les outils numériques transforment ce que les petits fabricants peuvent produire, vendre et prouver,',
  'Notant que des stratégies élaborées séparément demandent souvent deux fois les mêmes données aux entreprises,',
  'Conscients qu’une base de référence commune est la première étape pour chaque pays,',
  'Conviennent de planifier leurs stratégies industrielles et numériques à partir d’une même base de référence de dix indicateurs ;',
  'Invitent les partenaires à publier des offres d’assistance pour les stratégies nationales en matière de données ;',
  'Demandent que les données industrielles soient régies par des règles que les entreprises de toute taille puissent appliquer ;',
  'Appuient les coopératives qui vendent des produits traçables sous leur propre nom ;',
  'Décident d’examiner les progrès accomplis au prochain cycle.',
]

/** In Arabic, as far as it has come: the last paragraph is missing. */
const ARABIC: [words: string, status: 'machine' | 'translated' | 'revised' | 'official'][] = [
  ['مشروع الوثيقة الختامية بشأن السياسات الرقمية والصناعية', 'official'],
  ['إن أعضاء الجولة،', 'official'],
  ['إذ يسلّمون بأن الأدوات الرقمية تغيّر ما يستطيع صغار المصنّعين إنتاجه وبيعه وإثباته،', 'official'],
  [
    'وإذ يلاحظون أن الاستراتيجيات التي توضع بمعزل بعضها عن بعض كثيرا ما تطلب من الشركات البيانات نفسها مرتين،',
    'official',
  ],
  ['وإذ يدركون أن وضع خط أساس مشترك هو الخطوة الأولى لكل بلد،', 'official'],
  ['يتفقون على تخطيط الاستراتيجيات الصناعية والرقمية انطلاقا من خط أساس واحد يضم عشرة مؤشرات؛', 'official'],
  ['[يدعون] الشركاء إلى نشر عروض للمساعدة في وضع الاستراتيجيات الوطنية للبيانات؛', 'revised'],
  ['يدعون إلى وضع قواعد بشأن البيانات الصناعية يمكن للشركات من جميع الأحجام تطبيقها؛', 'translated'],
  ['دعم التعاونيات التي تبيع منتجات يمكن تتبعها تحت اسمها الخاص؛', 'machine'],
]

/** The whole text in French, official. @param paragraphs  their ids, in order */
export async function inFrench(world: World, documentId: string, paragraphs: string[]): Promise<void> {
  const asked = { documentId, language: 'fr' as const, title: FRENCH[0]! }
  const { id: versionId, revision } = await world.do('secretariat', openLanguageVersion, asked)
  for (const [at, words] of FRENCH.entries())
    await world.do('secretariat', beginRendering, { versionId, paragraphId: paragraphs[at]!, words })
  await world.do('secretariat', changeLanguageVersion, { versionId, revision, official: true })
}

/** Most of the text in Arabic; then two more edits of a paragraph, which the other languages have yet to follow. */
export async function inArabic(world: World, documentId: string, paragraphs: string[]): Promise<void> {
  const asked = { documentId, language: 'ar' as const, title: ARABIC[0]![0] }
  const { id: versionId } = await world.do('secretariat', openLanguageVersion, asked)
  for (const [at, [words, said]] of ARABIC.entries()) {
    const status = said === 'machine' ? said : 'translated'
    await world.do('secretariat', beginRendering, { versionId, paragraphId: paragraphs[at]!, words, status })
  }
  const { rows } = await world.do('secretariat', getConcordance, { versionId })
  for (const [at, [, status]] of ARABIC.entries()) {
    const { source, rendering } = rows[at]!
    if (status === 'machine' || !rendering) continue
    const hashes = { sourceHash: source.hash, hash: rendering.hash }
    await world.do('secretariat', markRendering, { versionId, paragraphId: source.id, ...hashes, status })
  }
  for (const [after, more] of [
    ['baseline', ' of data'],
    ['every country', ', whatever its size'],
  ] as const)
    await world.edit('facilitator', documentId, (blocks) => {
      const text = (blocks.get(4) as Y.XmlElement).get(0) as Y.XmlText
      text.insert(text.toJSON().indexOf(after) + after.length, more)
    })
}

import { describe, expect, test } from '@jest/globals'
import { findingsIn, WORDLESS, type Drafted, type Drafting, type Rule } from '@multilogue/shared/drafting-style'
import type { Language } from '@multilogue/shared/values'

const paragraph = (text: string, rest: Partial<Drafted> = {}): Drafted => ({
  id: text,
  kind: 'paragraph',
  text,
  ...rest,
})
const heading = (text: string): Drafted => ({ id: text, kind: 'heading', text })
const chapeau = (text: string) => paragraph(text, { part: 'chapeau' })
const why = (text: string, depth?: number) => paragraph(text, { part: 'preambular', depth })
const what = (text: string, depth?: number) => paragraph(text, { part: 'operative', depth })
const rules = (blocks: Drafted[], language: Language = 'en', rest: Partial<Drafting> = {}): Rule[] =>
  findingsIn(blocks, { language, isBinding: false, ...rest }).map(({ rule }) => rule)
const marked = (blocks: Drafted[], language: Language = 'en') =>
  findingsIn(blocks, { language, isBinding: false }).map(({ rule, words }) => [rule, words])

/** A text to which no hint is given. */
const GOOD: Record<Language, Drafted[]> = {
  en: [
    chapeau('The members of the round,'),
    why('Deeply concerned that strategies are written apart,'),
    why('Also recalling resolution 70/1, and reaffirming paragraph 3 of resolution 70/1,'),
    what('Decides to:'),
    what('Publish the figures once a year; and', 1),
    what('Report on what was done;', 1),
    what('Further calls upon small and medium-sized enterprises (SMEs) to join, SMEs led by women first;'),
    what('Requests the secretariat to report at the next round.'),
  ],
  fr: [
    chapeau('Les membres du cycle,'),
    why('Profondément préoccupés par l’écart entre les stratégies,'),
    why('Se félicitant des travaux menés, et rappelant le paragraphe 3 de la résolution 70/1,'),
    why('S’inspirant de l’expérience des pays,'),
    what('Décide :'),
    what('De publier les chiffres chaque année ; et', 1),
    what('De rendre compte des suites données ;', 1),
    what('Se félicite des offres reçues ;'),
    what('Prie le secrétariat de faire rapport au prochain cycle.'),
  ],
  es: [
    chapeau('Los miembros de la ronda,'),
    why('Profundamente preocupados por la distancia entre las estrategias,'),
    why('Felicitándose de los trabajos realizados y recordando el párrafo 3 de la resolución 70/1,'),
    what('Decide:'),
    what('Publicar las cifras cada año; y', 1),
    what('Informar de lo hecho;', 1),
    what('Se congratula de las ofertas recibidas;'),
    what('Pide a la secretaría que informe en la próxima ronda.'),
  ],
  ru: [
    chapeau('Члены раунда,'),
    why('признавая, что стратегии пишутся порознь, и ссылаясь на пункт 3 резолюции 70/1,'),
    what('постановляют:'),
    what('публиковать данные раз в год; и', 1),
    what('сообщать о сделанном;', 1),
    what('просят секретариат доложить в следующем раунде.'),
  ],
  ar: [
    chapeau('إن أعضاء الجولة،'),
    why('إذ يدركون أن الاستراتيجيات تُكتب منفصلة، وإذ يشيرون إلى الفقرة 3 من القرار 70/1،'),
    what('يقررون نشر الأرقام كل سنة؛'),
    what('يطلبون إلى الأمانة أن تقدم تقريرا في الجولة القادمة.'),
  ],
  zh: [
    chapeau('本轮各成员，'),
    why('认识到各项战略分头制定，并回顾第70/1号决议第3段，'),
    what('决定每年公布一次数据；'),
    what('请秘书处在下一轮提出报告。'),
  ],
}

describe.each(Object.entries(GOOD))('A text as it should be, in %s', (language, blocks) => {
  test('[STYLE-1] gets no hint', () => expect(marked(blocks, language as Language)).toEqual([]))
})

describe('How paragraphs begin', () => {
  const opening = (block: Drafted, language: Language) =>
    rules([block, what('x.')], language).filter((rule) => rule.endsWith('Opening'))

  test.each<[Language, string]>([
    ['en', 'The strategies are written apart,'],
    ['en', 'Recognize that strategies are written apart,'],
    ['fr', 'Les stratégies sont rédigées séparément,'],
    ['fr', 'Constate que les stratégies sont séparées,'],
    ['es', 'Las estrategias se redactan por separado,'],
    ['es', 'Reconoce que las estrategias se redactan por separado,'],
  ])('[STYLE-2] %s: a preambular one gives its reason first: not "%s"', (language, text) => {
    expect(opening(why(text), language)).toContain('preambularOpening')
  })

  test.each<[Language, string]>([
    ['en', 'Mindful of the least developed countries,'],
    ['en', 'Having considered the report,'],
    ['en', '“Noting” the report,'],
    ['fr', 'Consciente de ce qui reste à faire,'],
    ['fr', 'Ayant examiné le rapport,'],
    ['fr', 'Notant également le rapport,'],
    ['es', 'Consciente de lo que queda por hacer,'],
    ['es', 'Habiendo examinado el informe,'],
    ['es', 'Resueltos a seguir,'],
  ])('[STYLE-2] %s: "%s" does', (language, text) => {
    expect(opening(why(text), language)).not.toContain('preambularOpening')
  })

  test.each<[Language, string]>([
    ['en', 'The secretariat reports every year;'],
    ['en', 'Inviting partners to publish offers;'],
    ['en', 'To report every year;'],
    ['fr', 'Le secrétariat fait rapport;'],
    ['fr', 'Invitant les partenaires à publier;'],
    ['fr', 'L’Assemblée décide;'],
    ['es', 'La secretaría informa;'],
    ['es', 'Invitando a los asociados;'],
    ['es', 'Informar cada año;'],
  ])('[STYLE-3] %s: an operative one acts first: not "%s"', (language, text) => {
    expect(opening(what(text), language)).toEqual(['operativeOpening'])
  })

  test.each<[Language, string]>([
    ['en', 'Agree to plan from one baseline;'],
    ['en', 'Also decides to meet again;'],
    ['en', 'Bring together those concerned;'],
    ['en', 'We commit to one baseline;'],
    ['fr', 'Tient compte des offres;'],
    ['fr', 'Offre son appui;'],
    ['es', 'Decide también reunirse de nuevo;'],
  ])('[STYLE-3] %s: "%s" does', (language, text) => expect(opening(what(text), language)).toEqual([]))
})

describe('How paragraphs end', () => {
  test('[STYLE-4] preambular ones with a comma, operative ones with a semicolon, the last with a full stop', () => {
    expect(marked([why('Noting the report.'), what('Decides to meet.'), what('Invites partners to join;')])).toEqual([
      ['preambularEnd', 'report.'],
      ['operativeEnd', 'meet.'],
      ['lastEnd', 'join;'],
    ])
  })

  test('[STYLE-4] the signs are those of the language', () => {
    expect(rules([why('إذ يلاحظون التقرير'), what('يقررون الاجتماع.'), what('يدعون الشركاء؛')], 'ar')).toEqual([
      'preambularEnd',
      'operativeEnd',
      'lastEnd',
    ])
    expect(rules([why('注意到报告。'), what('决定再次开会。'), what('邀请伙伴；')], 'zh')).toEqual([
      'preambularEnd',
      'operativeEnd',
      'lastEnd',
    ])
    expect(rules([why('отмечая доклад.'), what('постановляют собраться.'), what('приглашают всех;')], 'ru')).toEqual([
      'preambularEnd',
      'operativeEnd',
      'lastEnd',
    ])
  })

  test('[STYLE-4] quotation marks and footnotes may stand behind the sign', () => {
    expect(rules([what(`Decides to meet;${WORDLESS}`), what('Takes note of “the report.”')])).toEqual([])
  })

  test('[STYLE-4] a section may close with a full stop, and the text has to', () => {
    expect(rules([what('Decides to meet.'), heading('II'), what('Invites partners;')])).toEqual(['lastEnd'])
  })

  test('[STYLE-4] a text that is written in sentences stays so', () => {
    const sentences = ['We commit to act.', 'The members meet again.', 'Each reports.']
    expect(rules([...sentences.map((text) => what(text)), what('We thank the host.')])).toEqual([])
    expect(rules([...sentences.map((text) => what(text)), what('We go on'), what('We thank the host.')])).toEqual([
      'operativeEnd',
    ])
  })

  test('[STYLE-4] of a part of a text nobody knows whether it is the last', () => {
    expect(rules([what('Decides to meet.')], 'en', { isPart: true })).toEqual([])
    expect(rules([what('Decides to meet')], 'en', { isPart: true })).toEqual(['operativeEnd'])
  })

  test('[STYLE-5] what opens sub-paragraphs ends with a colon or a comma', () => {
    expect(marked([what('Decides to'), what('meet again;', 1), what('Thanks the host.')])).toEqual([
      ['chapeauEnd', 'to'],
    ])
    expect(marked([chapeau('The members of the round'), what('Thank the host.')])).toEqual([['chapeauEnd', 'round']])
    expect(rules([chapeau('Annex'), heading('Sources')])).toEqual([])
  })
})

test('[STYLE-6] an empty numbered paragraph is told, an empty line of words without a number is not', () => {
  expect(rules([why(' '), paragraph(''), what(WORDLESS), what('Decides to meet.')])).toEqual(['empty'])
})

describe('What is typed although the text does it', () => {
  test.each([
    '1. Decide',
    '(a) decide',
    'b) decide',
    '(iv) decide',
    '5 bis. Decide',
    '（一）决定',
    '一、决定',
    '1- نقرر',
  ])('[STYLE-7] a number at the beginning: "%s"', (text) => expect(rules([paragraph(text)])).toEqual(['typedNumber']))
  test.each(['2027 is the year', '10 to 12 countries', 'A country decides', '(as agreed) they meet', '3.5 per cent'])(
    '[STYLE-7] no number of a paragraph: "%s"',
    (text) => expect(rules([paragraph(text)])).toEqual([]),
  )
  test('[STYLE-7] headings and cells may have one', () => {
    expect(rules([heading('1. One baseline'), paragraph('1. One', { isInCell: true })])).toEqual([])
  })

  test.each<[Language, string, string]>([
    ['en', 'as set out in paragraph 3 above', 'paragraph 3'],
    ['en', 'see OP3 and paragraphs 4 (a)', 'OP3'],
    ['en', 'in paragraph 5 bis of the present text', 'paragraph 5 bis'],
    ['fr', 'comme prévu au paragraphe 3 ci-dessus', 'paragraphe 3'],
    ['es', 'según el párrafo 3 supra', 'párrafo 3'],
    ['ru', 'как указано в пункте 3 выше', 'пункте 3'],
    ['ar', 'كما ورد في الفقرة 3 أعلاه', 'الفقرة 3'],
    ['zh', '如上文第3段所述', '第3段'],
  ])('[STYLE-8] %s: a reference by hand: "%s"', (language, text, words) => {
    expect(marked([paragraph(text)], language)[0]).toEqual(['typedReference', words])
  })
  test.each<[Language, string]>([
    ['en', `as set out in ${WORDLESS} above`],
    ['en', 'paragraph 17 of the Addis Ababa Action Agenda'],
    ['fr', 'le paragraphe 17 du Programme d’action'],
    ['es', 'el párrafo 17 de la Agenda'],
    ['ru', 'в пункте 17 Программы действий'],
    ['ar', 'الفقرة 17 من خطة العمل'],
    ['zh', '《2030年议程》第17段'],
  ])('[STYLE-8] %s: of another text it is no cross-reference: "%s"', (language, text) => {
    expect(rules([paragraph(text)], language)).toEqual([])
  })

  test('[STYLE-9] brackets as letters', () => {
    expect(marked([paragraph('They [may] meet (or not) [again')])).toEqual([
      ['typedBracket', '[may]'],
      ['typedBracket', '[again'],
    ])
  })
})

describe('Words', () => {
  test.each<[Language, string, string]>([
    ['en', 'Members shall report', 'shall'],
    ['fr', 'Les membres doivent faire rapport', 'doivent'],
    ['es', 'Los miembros deberán informar', 'deberán'],
    ['ru', 'Члены должны сообщать', 'должны'],
    ['ar', 'يجب على الأعضاء الإبلاغ', 'يجب'],
    ['zh', '各成员必须报告', '必须'],
  ])('[STYLE-10] %s: "%s" binds, which only a binding text does', (language, text, words) => {
    expect(marked([paragraph(text)], language)).toEqual([['binding', words]])
    expect(rules([paragraph(text)], language, { isBinding: true })).toEqual([])
  })
  test('[STYLE-10] "should" does not, nor does a mustard', () => {
    expect(rules([paragraph('Members should sell mustard')])).toEqual([])
    expect(rules([paragraph('Les membres devraient informer')], 'fr')).toEqual([])
    expect(rules([paragraph('Los miembros deberían informar')], 'es')).toEqual([])
  })

  test('[STYLE-11] an abbreviation is told once, at its first use, when nothing spells it out there', () => {
    expect(
      findingsIn([paragraph('Support for SMEs and LDCs.'), paragraph('SMEs again, of the EU and UNIDO.')], {
        language: 'en',
        isBinding: false,
      }),
    ).toEqual([
      { paragraphId: 'Support for SMEs and LDCs.', rule: 'abbreviation', from: 12, to: 16, words: 'SMEs' },
      { paragraphId: 'Support for SMEs and LDCs.', rule: 'abbreviation', from: 21, to: 25, words: 'LDCs' },
    ])
  })
  test.each([
    'Small firms (SMEs), SMEs first',
    'SMEs (small firms) first',
    'A/RES/70/1 and MIPF.3/L.1',
    'Part IV',
    'ALL IN CAPITALS',
  ])('[STYLE-11] none is to be spelled out in "%s"', (text) => expect(rules([paragraph(text)])).toEqual([]))

  test('[STYLE-12] doubled words and blanks', () => {
    expect(marked([paragraph('of the the  members')])).toEqual([
      ['doubledWord', 'the the'],
      ['doubledSpace', '  '],
    ])
    expect(rules([paragraph('They knew that that was so in Walla Walla.')])).toEqual([])
    expect(rules([paragraph('Nous nous engageons')], 'fr')).toEqual([])
  })

  test('[STYLE-13] a very long paragraph', () => {
    const long = Array.from({ length: 151 }, (_, place) => `word${place}`).join(' ')
    expect(findingsIn([paragraph(long)], { language: 'en', isBinding: false })).toEqual([
      { paragraphId: long, rule: 'long', count: 151 },
    ])
    expect(rules([paragraph(long.slice(0, long.lastIndexOf(' ')))])).toEqual([])
    expect(rules([paragraph('词语'.repeat(151))], 'zh')).toEqual(['long'])
  })
})

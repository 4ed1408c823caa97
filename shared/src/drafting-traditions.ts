import type { Language } from './values.js'

/** How negotiated texts are written in one language, as far as drafting-style.ts looks at it. */
export interface Tradition {
  comma: RegExp
  semicolon: RegExp
  stop: RegExp
  colon: RegExp
  /** "; and" at the end of the last paragraph but one. */
  conjunction: RegExp
  /** Whether a paragraph that begins so gives a reason. Always, where the first words cannot tell. */
  isReason: (words: string[]) => boolean
  /** Whether a paragraph that begins so does something. Only what certainly does not is told. */
  isAct: (words: string[]) => boolean
  /** Words that bind. */
  obliges: RegExp
  /** A number of a paragraph of this text, written by hand. */
  reference: RegExp
  /** Words that may stand twice in a row. */
  mayDouble?: RegExp
  /** Abbreviations that nobody spells out. */
  wellKnown: string[]
  countOf: (text: string) => number
  longest: number
}

const NUMBER = String.raw`\d{1,3}(?:\s(?:bis|ter|quater))?(?:\s?\([a-z]{1,4}\))*`
const numbered = (pattern: string): RegExp => new RegExp(pattern.replaceAll('NUMBER', NUMBER), 'giu')

const whitespaced = (text: string): number => text.match(/\S+/g)?.length ?? 0
const always = () => true
/** The first word that is no adverb, such as "Also" or "Deeply". */
const afterAdverbs = (words: string[], adverb: RegExp): string => words.find((word) => !adverb.test(word)) ?? ''
const begins = (words: string[], pattern: RegExp): boolean => pattern.test(words[0] ?? '')

const LATIN = { comma: /,/, semicolon: /;/, stop: /[.!?…]/, colon: /[:—–]/, countOf: whitespaced, longest: 150 }
const BODIES = [
  'UN',
  'UNIDO',
  'UNCTAD',
  'UNESCO',
  'UNDP',
  'UNICEF',
  'UNEP',
  'OECD',
  'WTO',
  'ILO',
  'WHO',
  'FAO',
  'IMF',
  'EU',
]
const COMMON = ['ISO', 'HIV', 'AIDS', 'COVID', 'DNA', 'USD', 'EUR', 'US', 'UK', 'OK']

const EN_ADVERB = /(?:ly|also|further|again|once|still)$/i
const EN_REASON =
  /^(?:mindful|aware|conscious|cognizant|convinced|concerned|alarmed|determined|desirous|resolved|committed|guided|inspired|encouraged|persuaded|disturbed|distressed|dismayed|appalled|saddened|shocked|pleased|gratified|heartened|troubled|anxious|confident|hopeful|grateful|eager|united|motivated|given|bearing)$/i
const EN_NO_REASON = /^(?:nothing|something|anything|everything|during|bring|king|thing|string)$/i
const EN_NO_ACT =
  /^(?:the|a|an|this|that|these|those|each|every|all|any|no|some|it|its|they|their|there|he|she|to|in|on|at|for|of|by|with|from|under|if|when|where|while|because|member|members|states|countries|governments|parties|delegations|ministries|firms|partners)$|(?<!br)ing$/i

const FR_ADVERB = /(?:ment|aussi|encore|outre|nouveau)$|^(?:s|se|de|en|également|non|très)$/i
const FR_REASON =
  /(?:ant|mue?s?)$|^(?:conscient|convaincu|préoccupé|alarmé|déterminé|résolu|guidé|inspiré|encouragé|persuadé|inquiet|inquiète|attaché|animé|désireu[xs]e?|soucieu[xs]e?|consterné|troublé|satisfait|vu|eu)e?s?$/i
const FR_NO_ACT =
  /^(?:l’|l'|le|la|les|un|une|des|du|ce|cet|cette|ces|chaque|tout|toute|tous|toutes|il|elle|ils|elles|on|leur|leurs|afin|pour|à|dans|que|si|lorsque)$|^[ld][’']|(?:er|ir|ant)$/i
const FR_ACT = /^(?:tient|maintient|offre|ouvre|requiert|acquiert|désir.*|nous)$/i

const ES_ADVERB = /(?:mente|además|también|nuevamente|asimismo)$|^(?:muy|más)$/i
const ES_REASON =
  /(?:ando|[ií]?endo|ándo(?:se|l[aeo]s?)|éndo(?:se|l[aeo]s?))$|^(?:conscientes?|(?:convencid|preocupad|alarmad|decidid|resuelt|deseos|guiad|inspirad|alentad|persuadid|inquiet|animad|comprometid|consternad|vist)[oa]s?)$/i
const ES_NO_ACT =
  /^(?:el|la|los|las|un|una|unos|unas|este|esta|estos|estas|ese|esa|cada|todo|toda|todos|todas|ellos|ellas|su|sus|para|en|con|a|de|que|si|cuando)$|(?:[aei]r(?:se)?|ando|iendo)$/i

export const TRADITIONS: Record<Language, Tradition> = {
  en: {
    ...LATIN,
    conjunction: /[;,]\s(?:and|or)$/i,
    isReason: (words) => {
      const word = afterAdverbs(words, EN_ADVERB)
      return EN_REASON.test(word) || (/ing$/i.test(word) && !EN_NO_REASON.test(word))
    },
    isAct: (words) => !EN_NO_ACT.test(words[0] ?? ''),
    obliges: /\b(?:shall|must)\b/gi,
    // Of another text, its name follows: "paragraph 3 of resolution 70/1".
    reference: numbered(
      String.raw`\b(?:(?:preambular |operative )?paragraphs?|paras?\.?|[OP]P)\s?NUMBER(?![\d/(a-z])(?! (?:and \d+ )?of (?!the present|this))`,
    ),
    mayDouble: /^(?:that|had)\s/i,
    wellKnown: [...BODIES, ...COMMON, 'OP', 'PP'],
  },
  fr: {
    ...LATIN,
    conjunction: /[;,]\s(?:et|ou)$/i,
    isReason: (words) =>
      FR_REASON.test(
        afterAdverbs(
          words.map((word) => word.replace(/^s[’']/i, '')),
          FR_ADVERB,
        ),
      ),
    isAct: (words) => !begins(words, FR_NO_ACT) || begins(words, FR_ACT),
    obliges: /(?<!\p{L})(?:doit|doivent|devra|devront)(?!\p{L})/giu,
    reference: numbered(
      String.raw`(?<!\p{L})(?:paragraphes?|alinéas?|par\.)\s?NUMBER(?![\d/(\p{L}])(?! (?:du |de la |de l[’']|des )(?!préambule|présent))`,
    ),
    mayDouble: /^(?:nous|vous)\s/i,
    wellKnown: [...BODIES, ...COMMON, 'ONU', 'ONUDI', 'CNUCED', 'OCDE', 'OMC', 'OIT', 'OMS', 'FMI', 'PNUD', 'UE'],
  },
  es: {
    ...LATIN,
    conjunction: /[;,]\s(?:y|e|o|u)$/i,
    isReason: (words) => ES_REASON.test(afterAdverbs(words, ES_ADVERB)),
    isAct: (words) => !begins(words, ES_NO_ACT),
    obliges: /(?<!\p{L})(?:deberá|deberán|debe|deben)(?!\p{L})/giu,
    reference: numbered(
      String.raw`(?<!\p{L})(?:párrafos?|apartados?|párrs?\.)\s?NUMBER(?![\d/(\p{L}])(?! (?:del |de la |de los |de las |de )(?!preámbulo|presente|est[ea] ))`,
    ),
    wellKnown: [...BODIES, ...COMMON, 'ONU', 'ONUDI', 'OCDE', 'OMC', 'OIT', 'OMS', 'FMI', 'PNUD', 'UE'],
  },
  ru: {
    ...LATIN,
    conjunction: /[;,]\s(?:и|или)$/i,
    isReason: always,
    isAct: always,
    obliges: /(?<!\p{L})(?:долж(?:ен|на|но|ны)|обязан[аоы]?)(?!\p{L})/giu,
    reference: numbered(
      String.raw`(?<!\p{L})(?:пункт(?:а|е|у|ом|ы|ов|ах|ам|ами)?|п\.|пп\.)\s?NUMBER(?![\d/(])(?!\s(?!выше|ниже|настоящ|и |или |преамбулы)\p{L})`,
    ),
    wellKnown: [
      ...BODIES,
      ...COMMON,
      'ООН',
      'ЮНИДО',
      'ЮНКТАД',
      'ЮНЕСКО',
      'ОЭСР',
      'ВТО',
      'МОТ',
      'ВОЗ',
      'МВФ',
      'ЕС',
      'США',
      'ПРООН',
    ],
  },
  ar: {
    comma: /[،,]/,
    semicolon: /[؛;]/,
    stop: /[.!؟…]/,
    colon: /[:—–]/,
    conjunction: /[؛;،,]\s(?:و|أو)$/,
    isReason: always,
    isAct: always,
    obliges: /(?<!\p{L})(?:يجب|يتعين|يلزم)(?!\p{L})/gu,
    reference:
      /(?<!\p{L})(?:و|ب|ل)?(?:ال|لل)فقر(?:ة|ات|تين|تان)\s\(?[\d٠-٩]{1,3}(?![\d٠-٩])\)?(?!\s+من\s+(?!هذ|الديباجة))/gu,
    wellKnown: [...BODIES, ...COMMON],
    countOf: whitespaced,
    longest: 150,
  },
  zh: {
    comma: /[，,、]/,
    semicolon: /[；;]/,
    stop: /[。.！？…]/,
    colon: /[：:—]/,
    conjunction: /[；;，,]\s?(?:和|以及|或)$/,
    isReason: always,
    isAct: always,
    obliges: /必须|务必/g,
    // Of another text, its name stands before it.
    reference: /(?<!决议|决定|公约|议程|宣言|》)第\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?段/g,
    wellKnown: [...BODIES, ...COMMON],
    countOf: (text) => text.match(/\p{Script=Han}/gu)?.length ?? 0,
    longest: 300,
  },
}

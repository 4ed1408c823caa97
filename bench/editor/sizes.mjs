/** A text of 60 pages as a long negotiation has it. */
export const PARAGRAPHS = 400
/** 400 times 60 words are 60 pages of 400 words. */
export const WORDS = 60
export const PROPOSALS = 80
export const COMMENTS = 200
export const OTHERS = 20
/** What one person types. */
export const KEYS_PER_SECOND = 3

/* What tables are made of. */

const sorted = (list) => [...list].sort((a, b) => a - b)

export const median = (list) => sorted(list)[Math.floor(list.length / 2)]
/** @param share  0.99: what all but one in a hundred stay within */
export const percentile = (list, share) => sorted(list)[Math.min(list.length - 1, Math.ceil(list.length * share) - 1)]

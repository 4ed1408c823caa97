import type { Plan, PlanResult } from '@multilogue/shared/plans'

export interface ChainLink {
  result: PlanResult
  /** What leads to it. */
  from: ChainLink[]
}

/** The results as a tree, from what they lead to down to the activities; a ring is cut open where it begins. */
export function chainOf({ results }: Plan): ChainLink[] {
  const shown = new Set<string>()
  const linkOf = (result: PlanResult): ChainLink => {
    shown.add(result.id)
    const from = results.filter(({ parentId, id }) => parentId === result.id && !shown.has(id))
    return { result, from: from.map(linkOf) }
  }
  const tops = results.filter(({ parentId }) => !results.some(({ id }) => id === parentId)).map(linkOf)
  const rings: ChainLink[] = []
  for (const result of results) if (!shown.has(result.id)) rings.push(linkOf(result))
  return [...tops, ...rings]
}

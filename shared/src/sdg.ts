/** The number of a target of the Sustainable Development Goals: goal and target, `9.b`. */
export const SDG_TARGET = /^(1[0-7]|[1-9])\.([0-9]{1,2}|[a-d])$/

/** Of each goal, how many numbered targets it has and the letter of its last means of implementation. */
const GOALS: readonly (readonly [numbers: number, last: string])[] = [
  [5, 'b'],
  [5, 'c'],
  [9, 'd'],
  [7, 'c'],
  [6, 'c'],
  [6, 'b'],
  [3, 'b'],
  [10, 'b'],
  [5, 'c'],
  [7, 'c'],
  [7, 'c'],
  [8, 'c'],
  [3, 'b'],
  [7, 'c'],
  [9, 'c'],
  [10, 'b'],
  [19, ''],
]

/** Whether it is one of the 169 targets, and not only written like one. */
export function isTarget(target: string): boolean {
  if (!SDG_TARGET.test(target)) return false
  const [goal, part] = target.split('.') as [string, string]
  const [numbers, last] = GOALS[Number(goal) - 1]!
  return /^\d/.test(part) ? part === String(Number(part)) && Number(part) >= 1 && Number(part) <= numbers : part <= last
}

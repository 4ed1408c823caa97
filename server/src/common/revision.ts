import { Refusal } from './problem.js'

/**
 * Two people editing the same record: the second is told, and loses nothing.
 * @throws Refusal stale-revision with the revision that stands now
 */
export function mustStandAt(current: number, named: number): void {
  if (current !== named) throw new Refusal('stale-revision', undefined, { revision: current })
}

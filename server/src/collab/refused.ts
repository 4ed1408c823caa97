import type { ProblemName } from '@multilogue/shared/problems'

/** What `sync`, `apply` and `read` throw; the caller turns the name into problem details. */
export class Refused extends Error {
  constructor(readonly problem: ProblemName) {
    super(problem)
  }
}

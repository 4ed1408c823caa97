/** Five steps from nothing to all; custom properties, so that a change of theme needs no new drawing. */
const STEPS = 5
/** @param share  0 to 1 */
export const stepOf = (share: number): number => Math.min(STEPS - 1, Math.floor(share * STEPS))
export const colorOf = (share: number): string => `var(--step-${stepOf(share)})`
/** Which shares a step holds, as whole percents: `20–39`. The last one holds all. */
export const STEP_RANGES: readonly { step: number; from: number; to: number }[] = Array.from(
  { length: STEPS },
  (_, step) => ({ step, from: (step * 100) / STEPS, to: step === STEPS - 1 ? 100 : ((step + 1) * 100) / STEPS - 1 }),
)

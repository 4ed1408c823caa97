/** The names of the acts that may be done, for `may`. */
export const named = (acts: Record<string, boolean>): string[] => Object.keys(acts).filter((act) => acts[act])

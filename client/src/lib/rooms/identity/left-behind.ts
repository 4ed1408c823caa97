import { forgetPerson, unsentTexts } from '$lib/collab/local-copies'

/** Drafts, unsent statements and words that were not taken; settings of the browser bear no seat. */
const placesOf = (seatIds: string[]) =>
  Object.keys(localStorage).filter((key) => seatIds.some((id) => key.includes(id)))

/** Whether something that this person wrote has not reached the server. */
export async function hasUnsent(personId: string, seatIds: string[]): Promise<boolean> {
  const statements = placesOf(seatIds).some((place) => place.startsWith('multilogue.unsent.'))
  return statements || (await unsentTexts(personId).catch(() => 0)) > 0
}

/** Removes what this person leaves in this browser: somebody else may use it next. */
export async function forgetLeftBehind(personId: string, seatIds: string[]): Promise<void> {
  for (const place of placesOf(seatIds)) localStorage.removeItem(place)
  // A browser that forbids its storage has kept nothing there.
  await forgetPerson(personId).catch(() => undefined)
}

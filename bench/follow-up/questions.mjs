/*
 * What is asked of the follow-up side, by whom. `rows` says how many things an answer holds.
 *
 * @param roundId  the newest round
 */
export const questionsOn = ({ roundId, planId, recommendationId, requestId, lateLine }) => [
  { name: 'matrix, first page', who: 'chair', route: `/follow-up/lines?roundId=${roundId}` },
  { name: 'matrix, a page far down', who: 'chair', route: `/follow-up/lines?roundId=${roundId}&after=${lateLine}` },
  { name: 'matrix, overdue lines', who: 'chair', route: `/follow-up/lines?roundId=${roundId}&flag=overdue` },
  { name: 'matrix, one delegation', who: 'head', route: `/follow-up/lines?roundId=${roundId}&delegation=AUT` },
  {
    name: 'matrix, what one change reads',
    who: 'chair',
    route: `/follow-up/lines?roundId=${roundId}&recommendationId=${recommendationId}`,
  },
  { name: 'figures of the matrix', who: 'chair', route: `/follow-up/figures?roundId=${roundId}` },
  { name: 'recommendations', who: 'chair', route: `/recommendations?roundId=${roundId}` },
  { name: 'one recommendation', who: 'chair', route: `/recommendations/${recommendationId}` },
  { name: 'reports, secretariat', who: 'secretariat', route: `/reports?roundId=${roundId}&state=validated&limit=200` },
  { name: 'reports that are open', who: 'secretariat', route: `/reports?roundId=${roundId}&state=open&limit=200` },
  { name: 'reports, delegation', who: 'head', route: `/reports?roundId=${roundId}&state=validated&limit=200` },
  { name: 'work list, secretariat', who: 'secretariat', route: `/work?roundId=${roundId}` },
  { name: 'work list, delegation', who: 'head', route: `/work?roundId=${roundId}` },
  { name: 'adopted plans', who: 'chair', route: `/plan-progress?roundId=${roundId}` },
  { name: 'one plan', who: 'chair', route: `/plans/${planId}/progress` },
  { name: 'figures of assistance', who: 'chair', route: `/assistance/figures?roundId=${roundId}` },
  { name: 'requests and offers, a page', who: 'chair', route: `/listings?roundId=${roundId}&side=offer` },
  { name: 'offers ranked for a request', who: 'chair', route: `/listings/${requestId}/ranking`, target: 150 },
  { name: 'matches, a page', who: 'secretariat', route: `/matches?roundId=${roundId}` },
  { name: 'commitments, a page', who: 'chair', route: `/commitments?roundId=${roundId}` },
  { name: 'carry-over', who: 'secretariat', route: `/rounds/${roundId}/carry-over` },
  { name: 'activities for IATI', who: 'chair', route: `/rounds/${roundId}/iati`, target: Infinity },
  { name: 'public round', who: 'chair', route: `/public/rounds/${roundId}` },
]

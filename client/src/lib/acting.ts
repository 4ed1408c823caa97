/** The person, and the seat named in every request; kept by `me`, and here alone so that the API call needs nothing else. */
export const acting: { personId: string | undefined; seatId: string | undefined } = {
  personId: undefined,
  seatId: undefined,
}

/** The seat named in every request; kept by `me`, and here alone so that the API call needs nothing else. */
export const acting: { seatId: string | undefined } = { seatId: undefined }

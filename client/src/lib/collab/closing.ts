/* Why a line to a text is ended for good: WebSocket close codes, the server's and this page's own. */

/** This person has no business with the text any more. */
export const WITHDRAWN = new Set([4403, 4404])
/** What was sent is larger than a frame may be; the server's own, and the WebSocket's. */
export const TOO_LARGE = 4413
export const MESSAGE_TOO_BIG = 1009
/** Texts are made of more than this page knows, and its editor would delete what that is. */
export const OUTDATED = 4426

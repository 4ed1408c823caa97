/** Where what is said about the chosen paragraph stands on the page: the id of an element that takes the focus. */
export const CHOSEN = 'chosen-paragraph'

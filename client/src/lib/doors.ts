/** Where everybody may read, signed in or not. */
export const isPublic = (path: string): boolean => path === '/public' || path.startsWith('/public/')

/** Where people stand who are to sign in, whoever is signed in already. */
export const isDoor = (path: string): boolean =>
  path === '/sign-in' || path === '/forgotten' || path.startsWith('/welcome/')

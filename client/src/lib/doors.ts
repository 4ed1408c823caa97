/** Where everybody may read, signed in or not. */
export const isPublic = (path: string): boolean => path === '/public' || /^\/(public|embed)\//.test(path)

/** Where people stand who are to sign in, whoever is signed in already. */
export const isDoor = (path: string): boolean =>
  path === '/sign-in' || path === '/forgotten' || path.startsWith('/welcome/')

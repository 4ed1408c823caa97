/** Where people stand who are to sign in, whoever is signed in already. */
export const isDoor = (path: string): boolean =>
  path === '/sign-in' || path === '/forgotten' || path.startsWith('/welcome/')

/** What SvelteKit makes at each build; its own declarations bring the whole page's types with them. */
declare module '$service-worker' {
  export const build: string[]
  export const files: string[]
  export const version: string
}

/** All words of the language: they are asked for together, and pack better in one file. */
export default Object.assign(
  {},
  ...Object.values(import.meta.glob<Record<string, string>>('../ru/*.json', { eager: true, import: 'default' })),
) as Record<string, string>

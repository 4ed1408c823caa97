import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'

const typed = ['{shared,server,migrations,test}/**/*.ts']
const size = ['error', { max: 300, skipBlankLines: true, skipComments: true }]

export default defineConfig(
  {
    ignores: ['**/dist/', '**/build/', '**/.svelte-kit/', '.data/', '.cache/', 'test-results/', 'docs/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      'max-lines': size,
      'no-console': 'error',
      // Texts are checked for control characters on purpose.
      'no-control-regex': 'off',
      // Playwright's fixtures name what they use in a pattern, and some use nothing.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    // Partly or wholly run in the browser.
    files: ['bench/{editor,follow-up}/page.mjs', 'bench/editor/peer/*.js'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['scripts/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: typed,
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Nest's modules are classes that only carry a decorator; interfaces ask for async where one has nothing to wait for.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['*.ts', 'client/*.ts'],
    extends: [ts.configs.recommended],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['client/src/**/*.{ts,svelte}'],
    extends: [ts.configs.recommended, svelte.configs.recommended],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // The pages are always served from the root of their host.
      'svelte/no-navigation-without-resolve': 'off',
      // There are no stores, only runes, and looking for them takes as long as all other rules together.
      'svelte/require-store-reactive-access': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.{js,ts}'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['**/*.{ts,svelte}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // The compiler knows better.
      'no-undef': 'off',
    },
  },
)

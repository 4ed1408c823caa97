/** Jest runs the TypeScript sources themselves as ES modules; nothing needs to be built first. */
export default {
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  testEnvironment: 'node',
  testTimeout: 60_000,
  // Some files wait for more than they compute.
  maxWorkers: 3,
  workerIdleMemoryLimit: '900MB',
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/client/build/', '<rootDir>/.cache/', '<rootDir>/.data/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@multilogue/shared/(.*)$': '<rootDir>/shared/src/$1.ts',
    '^(\\.{1,2}/.*/migrations)/dist/(.*)\\.js$': '$1/$2',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
}

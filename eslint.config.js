import tseslint from 'typescript-eslint';

// Only what needs types and what Biome cannot see: a promise that nobody awaits.
export default tseslint.config(
  { ignores: ['out', 'dist', 'var', 'node_modules', '**/*.mjs', '**/*.js', '**/*.cjs'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
);

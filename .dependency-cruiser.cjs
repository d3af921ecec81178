/**
 * Who may import whom: the table of docs/architecture.md, one rule a row.
 * tests/unit/boundaries.test.ts plants a violation of every rule and counts the modules, because a cruiser that reads
 * nothing is green too.
 */

/** A module of our own; packages and Node's own modules are a different question. */
const OWN = '^(main|preload|renderer|shared|migrations|tests)/';
const VALUE = ['type-only'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'shared-imports-zod-and-itself',
      comment: 'shared/ runs in every process: zod and itself, nothing else.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'renderer-takes-no-value-from-main',
      comment: 'The renderer knows the main process by one type, AppRouter.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/', dependencyTypesNot: VALUE },
    },
    {
      name: 'renderer-knows-only-the-router-type',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/', pathNot: '^main/core/router\\.ts$' },
    },
    {
      name: 'renderer-imports-renderer-and-shared',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: OWN, pathNot: '^(renderer|shared|main)/' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'feature-imports-app-ui-shared',
      comment: 'A feature never reaches into another feature.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/', pathNot: ['^renderer/(app|ui)/', '^renderer/features/$1/'] },
    },
    {
      name: 'ui-knows-no-feature-and-no-app',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/', pathNot: '^renderer/ui/' },
    },
    {
      name: 'ui-does-not-call-the-server',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '(^|/)node_modules/@trpc/' },
    },
    {
      name: 'preload-imports-electron-and-the-bridge',
      severity: 'error',
      from: { path: '^preload/' },
      to: { pathNot: ['^preload/', '^shared/bridge\\.ts$', '(^|/)node_modules/electron/'] },
    },
    {
      name: 'preload-takes-types-from-the-bridge',
      severity: 'error',
      from: { path: '^preload/' },
      to: { path: '^shared/', dependencyTypesNot: VALUE },
    },
    {
      name: 'electron-only-in-its-host',
      severity: 'error',
      from: { pathNot: '^(main/hosts/electron|preload)/' },
      to: { path: '(^|/)node_modules/electron/' },
    },
    {
      name: 'host-imports-core-ports-config',
      comment:
        'A host knows createCore, its ports and its configuration; never a module, the database or another host.',
      severity: 'error',
      from: { path: '^main/hosts/([^/]+)/' },
      to: { path: OWN, pathNot: ['^main/hosts/$1/', '^main/core/(core|ports|config)\\.ts$', '^shared/'] },
    },
    {
      name: 'core-imports-db-and-shared',
      severity: 'error',
      from: { path: '^main/core/', pathNot: '^main/core/(core|router)\\.ts$' },
      to: { path: OWN, pathNot: '^(main/(core|db)|shared)/' },
    },
    {
      name: 'router-imports-module-routers',
      severity: 'error',
      from: { path: '^main/core/router\\.ts$' },
      to: {
        path: OWN,
        pathNot: ['^(main/(core|db)|shared)/', '^main/modules/(?<name>[^/]+)/\\k<name>\\.router\\.ts$'],
      },
    },
    {
      name: 'core-imports-session-and-jobs',
      severity: 'error',
      from: { path: '^main/core/core\\.ts$' },
      to: {
        path: OWN,
        pathNot: [
          '^(main/(core|db)|shared)/',
          '^main/modules/session/session\\.service\\.ts$',
          // What a window left unfinished is dropped with its session.
          '^main/modules/(imports/imports|lists/lists)\\.service\\.ts$',
          '^main/modules/(?<name>[^/]+)/\\k<name>\\.jobs\\.ts$',
        ],
      },
    },
    {
      name: 'only-core-opens-sessions',
      comment: 'Sign-in is composed in one place; others may name its types.',
      severity: 'error',
      from: { path: '^main/core/', pathNot: '^main/core/(core|session)\\.ts$' },
      to: { path: '^main/core/session\\.ts$', dependencyTypesNot: VALUE },
    },
    {
      name: 'module-imports-core-db-pdf-shared',
      severity: 'error',
      from: { path: '^main/modules/' },
      to: { path: OWN, pathNot: '^(main/(core|db|pdf|modules)|shared)/' },
    },
    {
      name: 'module-knows-no-composition-root',
      severity: 'error',
      from: { path: '^main/modules/' },
      to: { path: '^main/core/(core|router)\\.ts$' },
    },
    {
      name: 'module-asks-another-through-its-service',
      comment:
        'Never the model or the router of another module; a list definition is data, a renderer a pure function.',
      severity: 'error',
      from: { path: '^main/modules/([^/]+)/' },
      to: {
        path: '^main/modules/',
        pathNot: [
          '^main/modules/$1/',
          '^main/modules/(?<name>[^/]+)/\\k<name>\\.(service|commands|queries|lists?|render|facts)\\.ts$',
        ],
      },
    },
    {
      name: 'service-knows-no-transport',
      severity: 'error',
      from: { path: '^main/modules/.*\\.(service|commands|queries)\\.ts$' },
      to: { path: '(^|/)node_modules/@trpc/' },
    },
    {
      name: 'db-imports-shared',
      severity: 'error',
      from: { path: '^main/db/', pathNot: '^main/db/models\\.ts$' },
      to: { path: OWN, pathNot: '^(main/db|shared)/' },
    },
    {
      name: 'models-import-models',
      severity: 'error',
      from: { path: '^main/db/models\\.ts$' },
      to: { path: OWN, pathNot: ['^(main/db|shared)/', '^main/modules/([^/]+)/[^/]+\\.model\\.ts$'] },
    },
    {
      name: 'pdf-imports-shared',
      severity: 'error',
      from: { path: '^main/pdf/' },
      to: { path: OWN, pathNot: '^(main/pdf|shared)/' },
    },
    {
      name: 'demo-and-cli-import-services',
      severity: 'error',
      from: { path: '^main/(demo|cli)/' },
      to: {
        path: OWN,
        pathNot: [
          '^(main/(demo|cli|core|db)|shared)/',
          '^main/modules/(?<name>[^/]+)/\\k<name>\\.(service|commands|queries)\\.ts$',
        ],
      },
    },
    {
      name: 'nobody-imports-demo-or-cli',
      severity: 'error',
      from: { pathNot: '^main/(demo|cli)/' },
      to: { path: '^main/(demo|cli)/' },
    },
    {
      name: 'migrations-import-nothing',
      severity: 'error',
      from: { path: '^migrations/' },
      to: {},
    },
    {
      name: 'no-unresolved',
      comment: 'What cannot be found cannot be judged by the rules above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['\\.(css|sql|svg|png|woff2)$', '\\?(raw|url)$'] },
    },
    {
      name: 'no-circular',
      comment: 'A circle of values depends on load order; circles of types are harmless.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: VALUE } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
    skipAnalysisNotInRules: false,
    moduleSystems: ['es6', 'cjs'],
  },
};

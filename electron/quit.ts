import type { App } from 'electron'

/** Ending takes milliseconds; after this long something hangs, and a lab that cannot be left would be worse. */
export const ENDING_MS_MAX = 5000

/**
 * Lets the app end only after `end` is through, however often it is asked to quit meanwhile. An `end` that fails is told to
 * `onDefect`, and one that hangs is waited for no longer than `ENDING_MS_MAX`: unrecorded runs are then shown as
 * interrupted at the next start.
 */
export function quitAfter(
  app: Pick<App, 'on' | 'quit'>,
  end: () => Promise<void>,
  onDefect: (e: unknown) => void,
): void {
  let state: 'open' | 'ending' | 'ended' = 'open'
  // Windows are closed by now, and what they still had to save has arrived
  app.on('will-quit', (event) => {
    if (state === 'ended') return
    event.preventDefault()
    if (state === 'ending') return
    state = 'ending'
    const finish = (): void => {
      clearTimeout(timer)
      if (state === 'ended') return
      state = 'ended'
      // Quitting inside the event that was just prevented leaves Electron's main loop running for ever
      setImmediate(() => app.quit())
    }
    const timer = setTimeout(finish, ENDING_MS_MAX)
    end().catch(onDefect).finally(finish)
  })
}

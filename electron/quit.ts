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
  app.on('before-quit', (event) => {
    if (state === 'ended') return
    event.preventDefault()
    if (state === 'ending') return
    state = 'ending'
    const finish = (): void => {
      clearTimeout(timer)
      if (state === 'ended') return
      state = 'ended'
      app.quit()
    }
    const timer = setTimeout(finish, ENDING_MS_MAX)
    end().catch(onDefect).finally(finish)
  })
}

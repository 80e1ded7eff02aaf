import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { ProvideError } from './report.ts'
import { provideSystemPackages, VIRTUAL_DISPLAY_NEEDS } from './system-libraries.ts'

const CONNECT_TIMEOUT_MS = 2_000
const START_TIMEOUT_MS = 30_000
const SCREEN = '1920x1080x24'
const X_PORT = 6000

/** Where the X server of a DISPLAY value listens; undefined when the value makes no sense. X(7), "Display names". */
export const displayAddress = (display: string): net.NetConnectOpts | undefined => {
  const match = /^(?:unix|(?<host>[^/:]+))?:(?<number>\d+)(?:\.\d+)?$/.exec(display)
  const number = match?.groups?.['number']
  if (number === undefined) return undefined
  const host = match?.groups?.['host']
  return host === undefined ? { path: `/tmp/.X11-unix/X${number}` } : { host, port: X_PORT + Number(number) }
}

const answers = (address: net.NetConnectOpts): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(address)
    const end = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end(false))
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
  })

const hasWayland = (env: NodeJS.ProcessEnv): boolean => {
  const name = env['WAYLAND_DISPLAY']
  return Boolean(name) && existsSync(path.resolve(env['XDG_RUNTIME_DIR'] ?? '/', name ?? ''))
}

/** Whether a window can be shown. A DISPLAY left over from a closed session does not count: somebody has to answer. */
export const hasDisplay = async (env = process.env): Promise<boolean> => {
  if (process.platform !== 'linux') return true
  const address = displayAddress(env['DISPLAY'] ?? '')
  return (address !== undefined && (await answers(address))) || hasWayland(env)
}

/** Electron before 38 looks for X alone unless it is told otherwise. */
export const displayArguments = (): readonly string[] =>
  process.platform === 'linux' && hasWayland(process.env) ? ['--ozone-platform-hint=auto'] : []

/**
 * Starts an X server of our own that draws into memory, and returns its DISPLAY and how to end it. It picks a free
 * display number by itself, so any number of them can run side by side.
 */
const startVirtualDisplay = async (): Promise<{ display: string; stop: () => void }> => {
  await provideSystemPackages(VIRTUAL_DISPLAY_NEEDS)
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset']
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const stop = (): void => {
    process.off('exit', stop)
    server.kill()
  }
  process.on('exit', stop)
  try {
    const display = await new Promise<string>((resolve, reject) => {
      const fail = (reason: string) => reject(new ProvideError(`Xvfb, the virtual display, did not start: ${reason}`))
      const timer = setTimeout(() => fail(`no answer in ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS)
      server.once('error', (error) => fail(error.message))
      server.once('exit', (code) => fail(`exit code ${code ?? 'none'}`))
      ;(server.stdio[3] as Readable).once('data', (number: Buffer) => {
        clearTimeout(timer)
        resolve(`:${number.toString('utf8').trim()}`)
      })
    })
    return { display, stop }
  } catch (error) {
    stop()
    throw error
  }
}

/**
 * Runs `body` with an environment in which a window can be opened: the present one when it has a display, otherwise
 * one with a virtual display that lives as long as `body`.
 */
export const withDisplay = async <T>(body: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> => {
  if (await hasDisplay()) return body(process.env)
  const { display, stop } = await startVirtualDisplay()
  try {
    // Empty, because a Wayland variable left over would send Electron to a session that is not there.
    return await body({ ...process.env, DISPLAY: display, WAYLAND_DISPLAY: '' })
  } finally {
    stop()
  }
}

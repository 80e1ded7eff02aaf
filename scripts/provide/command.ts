import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The project's root folder. */
export const root = path.resolve(import.meta.dirname, '../..')

/** The longest a timer can be set to, 25 days. */
const UNLIMITED_MS = 2 ** 31 - 1

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** The program is stopped and counts as failed after this long. */
  readonly timeoutMs?: number
  /** `inherit` shows output as it comes, `stderr` sends all of it to stderr, `capture` returns it. */
  readonly output?: 'inherit' | 'stderr' | 'capture'
}

export interface CommandResult {
  /** Exit code; 1 when a signal ended the program, 127 when it could not be started. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const FORWARDED: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program to its end. Never rejects: a program that cannot be started has code 127 and the reason on stderr.
 * Signals that ask this process to stop are passed on, so that nothing is left behind.
 */
export const runCommand = (
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const output = options.output ?? 'capture'
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: output === 'capture' ? ['ignore', 'pipe', 'pipe'] : ['ignore', output === 'stderr' ? 2 : 1, 2],
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))

    const forward = (signal: NodeJS.Signals): void => {
      child.kill(signal)
    }
    for (const signal of FORWARDED) process.on(signal, forward)
    const end = (code: number, reason = ''): void => {
      clearTimeout(timer)
      for (const signal of FORWARDED) process.off(signal, forward)
      const text = (parts: Buffer[]) => Buffer.concat(parts).toString('utf8')
      resolve({ code, stdout: text(stdout), stderr: text(stderr) + reason })
    }
    const timer = setTimeout(() => {
      child.kill('SIGTERM')
      // Resolved at once: what the program started itself may keep its output open for ever.
      end(1, `stopped after ${(options.timeoutMs ?? 0) / 1000} s`)
    }, options.timeoutMs ?? UNLIMITED_MS)
    child.on('error', (error) => end(127, error.message))
    child.on('close', (code) => end(code ?? 1))
  })

/** Where an installed package is. Not asked of `require`, because many packages keep their package.json to themselves. */
export const packageFolder = (name: string): string => path.join(root, 'node_modules', name)

interface PackageManifest {
  readonly version: string
  readonly bin?: string | Readonly<Record<string, string>>
}

/** An installed package's package.json. */
export const packageManifest = (name: string): PackageManifest =>
  JSON.parse(readFileSync(path.join(packageFolder(name), 'package.json'), 'utf8')) as PackageManifest

/** The JavaScript file behind a package's command, so that it runs with this Node on every platform, without a shell. */
export const packageCommand = (name: string, command = name): string => {
  const { bin } = packageManifest(name)
  const relative = typeof bin === 'string' ? bin : bin?.[command]
  if (relative === undefined) throw new Error(`package ${name} has no command ${command}`)
  return path.join(packageFolder(name), relative)
}

/** Program and leading arguments that start npm: the very npm that runs this script if there is one, with its settings. */
export const npmCommand = (): readonly [string, ...string[]] => {
  const running = process.env['npm_execpath']
  return running?.endsWith('.js') ? [process.execPath, running] : ['npm']
}

/** The last lines of a failed command's output: enough to see the reason in one look. */
export const lastLines = (text: string, count = 5): string => text.trimEnd().split('\n').slice(-count).join('\n')

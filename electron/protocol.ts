import { net, protocol } from 'electron'
import { isAbsolute, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

const SCHEME = 'app'
const HOST = 'lab'

export const APP_ORIGIN = `${SCHEME}://${HOST}`
export const APP_URL = `${APP_ORIGIN}/index.html`

/**
 * Scripts come from the app alone. Inline styles are allowed because Vue and ECharts set style attributes; they cannot run
 * anything. Frames show the report preview, whose own policy forbids all but styles.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Must be called before the app is ready: declares `app://` a standard, secure scheme in place of `file://`. */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** The file under `folder` that an URL of the app names, or `undefined` for anything else. */
export function fileOfUrl(folder: string, url: string): string | undefined {
  const { protocol: scheme, host, pathname } = new URL(url)
  if (scheme !== `${SCHEME}:` || host !== HOST) return undefined
  const file = join(folder, decodedPath(pathname))
  const inside = relative(folder, file)
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? undefined : file
}

function decodedPath(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // A malformed escape names no file
    return '..'
  }
}

/** Serves the built window from `folder`, and nothing outside it. */
export function serveApp(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = request.method === 'GET' ? fileOfUrl(folder, request.url) : undefined
    if (file === undefined) return new Response('Not found', { status: 404 })
    try {
      const response = await net.fetch(pathToFileURL(file).toString())
      const headers = new Headers(response.headers)
      headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY)
      headers.set('X-Content-Type-Options', 'nosniff')
      return new Response(response.body, { status: response.status, headers })
    } catch {
      // net.fetch rejects for a file that is not there
      return new Response('Not found', { status: 404 })
    }
  })
}

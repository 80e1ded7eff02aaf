/**
 * What the Electron runtime runs when it is started with an app's path, as in `electron .`: the official runtime brings
 * such a file along, the second source does not. It does what the official one does for an app in a folder: `-r FILE`
 * loads files first (Playwright needs that), then the app's package.json names the app, then the app's main file runs.
 * Packed into default_app.asar as it stands, so it is plain JavaScript and uses nothing but Electron and Node.
 */
import { app } from 'electron'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const preloads = []
let appPath
const args = process.argv.slice(1)
for (let index = 0; index < args.length && appPath === undefined; index += 1) {
  const argument = args[index] ?? ''
  if (argument === '-r' || argument === '--require') preloads.push(args[(index += 1)] ?? '')
  else if (!argument.startsWith('-')) appPath = path.resolve(argument)
}

const require = createRequire(pathToFileURL(path.join(process.cwd(), 'electron.js')))
for (const file of preloads) require(file)

if (appPath === undefined) {
  process.stderr.write(
    `Electron ${process.versions.electron}: start it with the path of an app, as in \`electron .\`\n`,
  )
  app.exit(2)
} else {
  // The official runtime marks apps started this way; code that asks whether it is packaged reads it.
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  try {
    const manifestFile = path.join(appPath, 'package.json')
    const hasManifest = fs.existsSync(manifestFile)
    if (hasManifest) {
      const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8'))
      if (manifest.version !== undefined) app.setVersion(manifest.version)
      const name = manifest.productName ?? manifest.name
      if (name !== undefined) app.setName(name)
      app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`)
    }
    const mainFile = require.resolve(appPath)
    app.setAppPath(hasManifest ? appPath : path.dirname(mainFile))
    await import(pathToFileURL(mainFile).href)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    app.exit(1)
  }
}

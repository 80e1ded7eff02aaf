/** `npm run build`: builds the app into out/, whether or not that looks necessary. */
import { buildApp } from './provide/build.ts'
import { runScript } from './provide/report.ts'

await runScript(async () => {
  await buildApp({ always: true })
  return 0
})

// Runs before every script, on whatever Node there is, so it is plain JavaScript of the oldest kind still in use.
// Below 22.18 Node does not run TypeScript by itself, and better-sqlite3 crashes instead of explaining.
const needed = [22, 18]
const found = process.versions.node.split('.').map(Number)
if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  process.stderr.write(
    `vmap-lab: Node ${process.versions.node} found, ${needed.join('.')} or newer needed. ` +
      'On Linux x64 `npm ci` brings one along (use npm scripts, not node directly); elsewhere install Node 24.\n',
  )
  process.exit(1)
}

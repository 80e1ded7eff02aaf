/**
 * An asar archive of flat files (github.com/electron/asar#format): a Pickle holding the size of the header, a Pickle
 * holding the header as JSON, then the files' bytes. A Pickle is a 4-byte size before its content, padded to 4 bytes.
 */
export const packAsar = (files: Readonly<Record<string, string>>): Buffer => {
  const header: Record<string, { size: number; offset: string }> = {}
  const contents: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text, 'utf8')
    header[name] = { size: content.length, offset: String(offset) }
    contents.push(content)
    offset += content.length
  }
  const json = Buffer.from(JSON.stringify({ files: header }), 'utf8')
  const paddedSize = Math.ceil(json.length / 4) * 4
  const sizes = Buffer.alloc(16)
  sizes.writeUInt32LE(4, 0)
  sizes.writeUInt32LE(paddedSize + 8, 4)
  sizes.writeUInt32LE(paddedSize + 4, 8)
  sizes.writeUInt32LE(json.length, 12)
  return Buffer.concat([sizes, json, Buffer.alloc(paddedSize - json.length), ...contents])
}

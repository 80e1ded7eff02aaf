/**
 * Joins PNG files into one that moves: APNG, as the PNG specification (third edition, section 11.3) has it. The compressed
 * pictures are taken over as they are.
 */
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
}

/**
 * @param frames whole PNG files of one size and colour type, at least one
 * @param delayMs how long each is shown, up to 65 s
 * @throws {Error} for what is no PNG, or not like the first one: a defect of the lab.
 */
export function animatedPng(frames: readonly Uint8Array[], delayMs: number): Uint8Array<ArrayBuffer> {
  const [first] = frames.map(chunksOf)
  const header = first?.find(({ type }) => type === 'IHDR')?.data
  if (header === undefined) throw new Error('An animation needs at least one picture.')
  const size = { width: readUint32(header, 0), height: readUint32(header, 4) }
  const parts: Uint8Array[] = [SIGNATURE, chunk('IHDR', header), chunk('acTL', numbers(frames.length, 0))]
  let sequence = 0
  frames.forEach((frame, position) => {
    const chunks = chunksOf(frame)
    const own = chunks.find(({ type }) => type === 'IHDR')?.data
    if (own === undefined || own.some((byte, i) => byte !== header[i])) {
      throw new Error(`Picture ${position} of the animation has another size or colour type than the first.`)
    }
    parts.push(chunk('fcTL', frameControl(sequence, size, delayMs)))
    sequence += 1
    for (const { data } of chunks.filter(({ type }) => type === 'IDAT')) {
      if (position === 0) parts.push(chunk('IDAT', data))
      else {
        parts.push(chunk('fdAT', joined([numbers(sequence), data])))
        sequence += 1
      }
    }
  })
  parts.push(chunk('IEND', new Uint8Array(0)))
  return joined(parts)
}

/** The whole picture, in the place of the one before it. */
function frameControl(
  sequence: number,
  { width, height }: { width: number; height: number },
  delayMs: number,
): Uint8Array {
  const control = new Uint8Array(26)
  control.set(numbers(sequence, width, height, 0, 0))
  const view = new DataView(control.buffer)
  view.setUint16(20, Math.round(delayMs))
  view.setUint16(22, 1000)
  return control
}

export function chunksOf(png: Uint8Array): readonly Chunk[] {
  if (SIGNATURE.some((byte, i) => png[i] !== byte)) throw new Error('This is no PNG file.')
  const chunks: Chunk[] = []
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = readUint32(png, at)
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined([Uint8Array.from(type, (letter) => letter.charCodeAt(0)), data])
  return joined([numbers(data.length), named, numbers(crc32(named))])
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320
  return value
})

/** Of ISO 3309, as PNG uses it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] as number)
  return (crc ^ 0xffffffff) >>> 0
}

function numbers(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  values.forEach((value, i) => view.setUint32(4 * i, value))
  return new Uint8Array(view.buffer)
}

function readUint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

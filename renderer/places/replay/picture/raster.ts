import { PICTURE_WIDTH_PX } from './replay-picture.ts'

/** Draws SVG pictures, one after the other on the same ground, so that all have one size. */
export class Raster {
  readonly #canvas: OffscreenCanvas
  readonly #context: OffscreenCanvasRenderingContext2D
  readonly #scale: number
  readonly #background: string

  /** @param scale pixels of the file to one of the picture */
  constructor(heightPx: number, scale: number, background: string) {
    this.#canvas = new OffscreenCanvas(PICTURE_WIDTH_PX * scale, heightPx * scale)
    // Without transparency all pictures have one colour type
    const context = this.#canvas.getContext('2d', { alpha: false })
    if (context === null) throw new Error('There is no memory for a picture of this size.')
    this.#context = context
    this.#scale = scale
    this.#background = background
  }

  /** A PNG file of a picture that is at most as high as this. */
  async png(svg: string, heightPx: number): Promise<Uint8Array<ArrayBuffer>> {
    const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    try {
      const image = new Image()
      image.src = url
      await image.decode()
      this.#context.fillStyle = this.#background
      this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height)
      this.#context.drawImage(image, 0, 0, PICTURE_WIDTH_PX * this.#scale, heightPx * this.#scale)
    } finally {
      URL.revokeObjectURL(url)
    }
    const blob = await this.#canvas.convertToBlob({ type: 'image/png' })
    return new Uint8Array(await blob.arrayBuffer())
  }
}

/** What pictures are saved as. */
export const PICTURE_FORMATS = {
  svg: { name: 'SVG picture', extension: 'svg' },
  png: { name: 'PNG picture', extension: 'png' },
  apng: { name: 'Animated PNG', extension: 'png' },
} as const
export type PictureFormat = keyof typeof PICTURE_FORMATS

export interface PictureFile {
  /** What it shows; the proposed name is made of it. */
  readonly about: string
  readonly format: PictureFormat
  readonly content: Uint8Array
}

/** Bytes of a picture that can be saved. */
export const PICTURE_BYTES_MAX = 512 * 2 ** 20

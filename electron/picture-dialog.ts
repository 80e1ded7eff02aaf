import type { BrowserWindow } from 'electron'
import type { Outcome } from '../shared/contract.ts'
import { PICTURE_FORMATS, type PictureFile } from '../shared/picture-file.ts'
import { saveWhereAsked } from './save-dialog.ts'

export function savePictureFile(
  window: BrowserWindow,
  { about, format, content }: PictureFile,
): Promise<Outcome<string>> {
  const title = format === 'apng' ? 'Save an animation' : 'Save the picture'
  return saveWhereAsked(window, { title, about, format: PICTURE_FORMATS[format], content })
}

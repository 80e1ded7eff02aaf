import { lab } from '../lab.ts'

/** Puts what an element shows on the clipboard, as it is on the screen: what is scrolled away is not in it. */
export async function copyAsShown(element: Element): Promise<void> {
  const { left, top, width, height } = element.getBoundingClientRect()
  const dataUrl = await lab().pictureOf({
    x: Math.max(0, Math.round(left)),
    y: Math.max(0, Math.round(top)),
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(height)),
  })
  await copyPng(dataUrl)
}

/** Puts a picture on the clipboard, given as a `data:image/png;base64,` URL. */
export async function copyPng(dataUrl: string): Promise<void> {
  const [, base64 = ''] = dataUrl.split(',')
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })])
}

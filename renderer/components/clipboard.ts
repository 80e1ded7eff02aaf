/** Puts a picture on the clipboard, given as a `data:image/png;base64,` URL. */
export function copyPng(dataUrl: string): Promise<void> {
  const [, base64 = ''] = dataUrl.split(',')
  return copyPngFile(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
}

/** The same, given as a file. */
export async function copyPngFile(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })])
}

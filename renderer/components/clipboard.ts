/** Puts a picture on the clipboard, given as a `data:image/png;base64,` URL. */
export async function copyPng(dataUrl: string): Promise<void> {
  const [, base64 = ''] = dataUrl.split(',')
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })])
}

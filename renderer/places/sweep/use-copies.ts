import type { ChartCopy } from '../../charts/chart-table.ts'
import { copyPng } from '../../components/clipboard.ts'
import { lab } from '../../lab.ts'
import { useToastsStore } from '../../stores/toasts.ts'

/** Puts charts and texts on the clipboard and says so. */
export function useCopies() {
  const toasts = useToastsStore()

  async function copyChart({ kind, text }: ChartCopy): Promise<void> {
    await (kind === 'png' ? copyPng(text) : lab().copyText(text))
    toasts.show(`Copied as ${kind.toUpperCase()}`)
  }

  async function copyText(text: string, said: string): Promise<void> {
    await lab().copyText(text)
    toasts.show(said)
  }

  return { copyChart, copyText }
}

import type { Locator } from '@playwright/test'

/** The whole number that stands in a cell, with its thousands separators. */
export async function numberIn(cell: Locator): Promise<number> {
  const text = (await cell.innerText()).trim()
  if (!/^\d{1,3}(,\d{3})*$/.test(text)) throw new Error(`"${text}" is no number with thousands separators`)
  return Number(text.replaceAll(',', ''))
}

import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'
import { modelColor } from '../../shared/model-colors.ts'

/** The colours and fonts of charts: the one place where design tokens become values that a canvas understands. */
export interface ChartTheme {
  readonly dark: boolean
  readonly surface: string
  readonly hover: string
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly line: string
  readonly line2: string
  readonly ctl: string
  readonly sans: string
  readonly mono: string
}

/** The tokens as the document has them now. */
export function readChartTheme(): ChartTheme {
  const root = document.documentElement
  const style = getComputedStyle(root)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    dark: root.dataset['theme'] === 'dark',
    surface: token('surface'),
    hover: token('hover'),
    text: token('text'),
    text2: token('text2'),
    text3: token('text3'),
    line: token('line'),
    line2: token('line2'),
    ctl: token('ctl'),
    sans: token('sans'),
    mono: token('mono'),
  }
}

/** The theme, read again whenever `data-theme` of the document changes. */
export function useChartTheme(): Readonly<ShallowRef<ChartTheme>> {
  const theme = shallowRef(readChartTheme())
  const observer = new MutationObserver(() => {
    theme.value = readChartTheme()
  })
  onMounted(() => observer.observe(document.documentElement, { attributeFilter: ['data-theme'] }))
  onBeforeUnmount(() => observer.disconnect())
  return theme
}

export function themedModelColor(modelId: string, theme: Pick<ChartTheme, 'dark'>): string {
  const color = modelColor(modelId)
  return theme.dark ? color.dark : color.light
}

import type { ChartTheme } from './theme.ts'

/** A theme for tests: no document is needed, and every colour says what it is. */
export const TEST_THEME: ChartTheme = {
  dark: false,
  surface: 'surface',
  hover: 'hover',
  text: 'text',
  text2: 'text2',
  text3: 'text3',
  line: 'line',
  line2: 'line2',
  ctl: 'ctl',
  sans: 'sans',
  mono: 'mono',
}

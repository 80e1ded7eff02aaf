import { formatCount } from '../../../shared/format.ts'
import { AXIS_FONT_PX, categoryAxis, countAxisStyle, placeTips, type ChartOption } from '../../charts/chart-option.ts'
import type { ChartTheme } from '../../charts/theme.ts'
import { binLabel, seedBins, seedWords, type SeedBin } from './distribution-option.ts'

/** The bars of paired differences; zero is among them even where no seed has it. */
export function differenceBins(seeds: readonly number[], differences: Float64Array): readonly SeedBin[] {
  return seedBins(seeds, [differences, Float64Array.of(0)]).map((bin) => ({ ...bin, seeds: bin.seeds.slice(0, 1) }))
}

/** "+6", "−2", "0". */
function signed(value: number): string {
  return value > 0 ? `+${formatCount(value)}` : formatCount(value)
}

/** A histogram of differences with zero drawn. */
export function differenceOption(bins: readonly SeedBin[], unit: string, theme: ChartTheme): ChartOption {
  const style = countAxisStyle(theme)
  const labels = bins.map(({ first }) => signed(first))
  const zero = bins.findIndex(({ first, last }) => first <= 0 && last >= 0)
  const counts = bins.map(({ seeds }) => seeds[0]?.length ?? 0)
  const highest = Math.max(1, ...counts)
  return {
    grid: { top: 22, right: 14, bottom: 36, left: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: placeTips(theme, (place) => {
      const bin = bins[place]
      return bin === undefined ? [] : [`Difference ${binLabel(bin)}`, seedWords(bin.seeds[0] ?? [])]
    }),
    xAxis: categoryAxis(theme, unit, labels),
    yAxis: { type: 'value', name: 'seeds', minInterval: 1, splitNumber: 4, ...style },
    series: [
      {
        type: 'bar',
        name: 'seeds',
        barCategoryGap: '8%',
        itemStyle: { color: theme.ctl },
        data: counts,
      },
      {
        type: 'line',
        name: 'no difference',
        silent: true,
        symbol: 'none',
        lineStyle: { color: theme.text, type: 'dashed', width: 1 },
        data: [
          [zero, 0],
          [zero, highest],
        ],
        endLabel: {
          show: true,
          formatter: 'no difference',
          distance: 4,
          ...{ color: theme.text, fontFamily: theme.sans, fontSize: AXIS_FONT_PX, fontWeight: 600 },
        },
      },
    ],
  }
}

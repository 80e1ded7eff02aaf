import { setPlatformAPI } from 'echarts/core'

/**
 * Lets ECharts measure text as the page draws it. By itself it measures on a canvas outside the document, with proportional
 * figures, while the canvas it draws on inherits the page's tabular ones: labels then run into each other.
 */
export function measureTextAsDrawn(): void {
  const canvas = document.createElement('canvas')
  canvas.hidden = true
  document.body.append(canvas)
  const context = canvas.getContext('2d')
  if (context === null) return
  setPlatformAPI({
    measureText: (text, font) => {
      if (font !== undefined) context.font = font
      return context.measureText(text)
    },
  })
}

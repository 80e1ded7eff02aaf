import { describe, expect, it } from 'vitest'
import { KERNEL_MODELS } from '../electron/allocator/models.ts'
import { colorModelsBy, MODEL_COLORS, modelColor } from './model-colors.ts'

describe('the colour of a model', () => {
  it('is told apart from that of every other release, by its mark where the hue repeats', () => {
    const marks = KERNEL_MODELS.map(({ id }) => JSON.stringify(modelColor(id)))
    expect(new Set(marks).size).toBe(KERNEL_MODELS.length)
  })

  it('can be chosen, and whoever has it besides is drawn as a repetition', () => {
    colorModelsBy(() => ({ 'v6.12': 0, mine: 5, other: 5, 'v6.1': 99 }))
    try {
      expect(modelColor('v6.12')).toEqual({ ...MODEL_COLORS[0], repeated: false })
      expect(modelColor('mine').light).toBe(MODEL_COLORS[5].light)
      expect(modelColor('other')).toEqual({ ...modelColor('mine'), repeated: true })
      expect(modelColor('v6.1').light).toBe(MODEL_COLORS[3].light)
      expect(modelColor('v4.0')).toEqual({ ...MODEL_COLORS[0], repeated: true })
      expect(modelColor('v4.1')).toEqual({ ...MODEL_COLORS[1], repeated: false })
    } finally {
      colorModelsBy(() => ({}))
    }
  })

  it("of one's own follows from its name, is marked, and is never that of v4.0 or v4.1", () => {
    const names = Array.from({ length: 100 }, (_, i) => `model ${i}`)
    const colors = names.map(modelColor)
    expect(names.map(modelColor)).toEqual(colors)
    expect(colors.every(({ repeated }) => repeated)).toBe(true)
    const hues = new Set(colors.map(({ light }) => light))
    expect(hues.size).toBe(6)
    expect(hues).not.toContain(modelColor('v4.0').light)
    expect(hues).not.toContain(modelColor('v4.1').light)
  })
})

import { modelColor } from '../../../shared/model-colors.ts'

/** A class that sets `--model` to the model's colour. Ids can hold any character, so their code points make the name. */
export function modelClass(modelId = ''): string {
  return `m-${modelId.replace(/[^a-z0-9]/g, (character) => `_${character.codePointAt(0) ?? 0}_`)}`
}

/** The rules for these models; the dark half is for inside a media query. */
export function modelRules(modelIds: readonly string[]): { readonly light: string; readonly dark: string } {
  const rules = (theme: 'light' | 'dark'): string =>
    [...new Set(modelIds)].map((id) => `.${modelClass(id)}{--model:${modelColor(id)[theme]}}`).join('\n')
  return { light: rules('light'), dark: rules('dark') }
}

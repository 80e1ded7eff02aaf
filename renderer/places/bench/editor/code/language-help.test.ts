import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { LANGUAGE_CALLS, LANGUAGE_CONSTANTS } from '../../../../../shared/scenario-language.ts'
import { scenarioExtensions } from './extensions.ts'
import { completeNames, helpAt } from './language-help.ts'

const extensions = scenarioExtensions()
const SOURCE = `#define HOLE 8
static int iters = 1000; /* 1..1000000: outer
	iterations */
static unsigned long table[4];

/* vm_map_ram in words */
static void *big(int count, unsigned other)
{
	void *p = vm_map_ram(pages, count, -1, PAGE_KERNEL);
	int left, right = HOLE;

	return p;
}
`

const editor = (doc: string): EditorState => EditorState.create({ doc, extensions })

/** What is offered at the `|` of a text. */
function offered(text: string, explicit = false): readonly string[] {
  const at = text.indexOf('|')
  const state = editor(text.replace('|', ''))
  return completeNames(new CompletionContext(state, at, explicit))?.options.map(({ label }) => label) ?? []
}

describe('completion', () => {
  it('offers the calls and constants of the language, and its keywords', () => {
    const labels = offered('v|')
    const names = [...LANGUAGE_CALLS, ...LANGUAGE_CONSTANTS].map(({ name }) => name)
    expect(labels).toEqual(expect.arrayContaining([...names, 'while', 'unsigned']))
  })

  it("offers the text's own parameters, functions, constants and variables", () => {
    const labels = offered(`${SOURCE}x|`)
    expect(labels).toEqual(
      expect.arrayContaining(['HOLE', 'iters', 'table', 'big', 'count', 'other', 'p', 'left', 'right']),
    )
    expect(new Set(labels).size).toBe(labels.length)
  })

  it('keeps quiet in comments, in numbers and where nothing is typed', () => {
    expect(offered('/* vm| */')).toEqual([])
    expect(offered('// vm|\n')).toEqual([])
    expect(offered('int a = 10|')).toEqual([])
    expect(offered('int a = |')).toEqual([])
    expect(offered('int a = |', true)).toContain('rand')
  })
})

describe('help', () => {
  const helpFor = (words: string, text = SOURCE) => helpAt(editor(text), text.indexOf(words) + 1)

  it('explains calls and constants', () => {
    expect(helpFor('vm_map_ram(')).toMatchObject({
      name: 'vm_map_ram',
      help: expect.stringContaining('NULL') as string,
    })
    expect(helpFor('PAGE_KERNEL')).toMatchObject({ signature: 'pgprot_t' })
  })

  it('explains what the text declares', () => {
    expect(helpFor('iters')).toMatchObject({ help: 'A parameter, 1 to 1000000: outer iterations.' })
    expect(helpFor('HOLE')).toMatchObject({ signature: '#define HOLE 8' })
    expect(helpFor('big')).toMatchObject({ signature: 'static void *big(int count, unsigned other)' })
    expect(helpFor('right')).toMatchObject({ signature: 'int left, right = HOLE' })
  })

  it('says nothing of words in comments and of unknown names', () => {
    expect(helpFor('vm_map_ram in')).toBeUndefined()
    expect(helpFor('nothing', 'int a = nothing;')).toBeUndefined()
  })
})

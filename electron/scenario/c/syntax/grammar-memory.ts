/**
 * The memory of the grammar, which is WebAssembly. A text that is no C over tens of thousands of characters can exhaust the
 * grammar's stack, which then overwrites what lies beside it, and no text can be parsed any more. So the memory is kept as it
 * was before the first text.
 */
export class GrammarMemory {
  readonly #binary: BufferSource
  #environment: WebAssembly.ModuleImports = {}
  #bytes = new Uint8Array()
  #stackPointer: unknown

  constructor(binary: BufferSource) {
    this.#binary = binary
  }

  /** An option of `Parser.init`: makes the instance whose memory this is. */
  readonly instantiateWasm = (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): WebAssembly.Exports => {
    const module = new WebAssembly.Module(this.#binary)
    const instance = new WebAssembly.Instance(module, imports)
    this.#environment = imports['env'] ?? {}
    done(instance, module)
    return instance.exports
  }

  /** Keeps the memory as it is, without the zeros at its end. */
  keep(): void {
    const bytes = new Uint8Array(this.#memory.buffer)
    this.#bytes = bytes.slice(0, bytes.findLastIndex((byte) => byte !== 0) + 1)
    this.#stackPointer = this.#stack.value
  }

  /** Makes the memory what it was. */
  restore(): void {
    const bytes = new Uint8Array(this.#memory.buffer)
    bytes.fill(0)
    bytes.set(this.#bytes)
    this.#stack.value = this.#stackPointer
  }

  get #memory(): WebAssembly.Memory {
    const { memory } = this.#environment
    if (memory instanceof WebAssembly.Memory) return memory
    throw new Error('The grammar has no memory.')
  }

  get #stack(): WebAssembly.Global {
    const { __stack_pointer: pointer } = this.#environment
    if (pointer instanceof WebAssembly.Global) return pointer
    throw new Error('The grammar has no stack.')
  }
}

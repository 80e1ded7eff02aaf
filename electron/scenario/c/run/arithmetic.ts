import type { RunSites } from './sites.ts'

/** Deepest accepted nesting of calls. A JavaScript stack has room for it. */
export const DEPTH_MAX = 1000

const INT_MIN = -0x8000_0000
const LONG_MIN = -(2n ** 63n)

/** What the generated code cannot write out as plain JavaScript, because C gives no value for some operands. */
export class ArithmeticRuntime {
  protected readonly sites: RunSites

  constructor(sites: RunSites) {
    this.sites = sites
  }

  quotient(left: number, right: number, site: number): number {
    if (right === 0) return this.#noQuotient(site, left)
    if (right === -1 && left === INT_MIN) return this.#tooLarge(site, left)
    return (left / right) | 0
  }

  remainder(left: number, right: number, site: number): number {
    if (right === 0) return this.#noQuotient(site, left)
    if (right === -1 && left === INT_MIN) return this.#tooLarge(site, left)
    return (left % right) | 0
  }

  unsignedQuotient(left: number, right: number, site: number): number {
    if (right === 0) return this.#noQuotient(site, left)
    return (left / right) >>> 0
  }

  unsignedRemainder(left: number, right: number, site: number): number {
    if (right === 0) return this.#noQuotient(site, left)
    return (left % right) >>> 0
  }

  /** Of unsigned longs as well: only the signed quotient can leave the range. */
  wideQuotient(left: bigint, right: bigint, site: number): bigint {
    if (right === 0n) return this.#noQuotient(site, left)
    if (right === -1n && left === LONG_MIN) return this.#tooLarge(site, left)
    return left / right
  }

  wideRemainder(left: bigint, right: bigint, site: number): bigint {
    if (right === 0n) return this.#noQuotient(site, left)
    if (right === -1n && left === LONG_MIN) return this.#tooLarge(site, left)
    return left % right
  }

  /** The count of a shift of `bits` bits. */
  count(count: number, bits: number, site: number): number {
    if (count >= 0 && count < bits) return count
    return this.#badCount(site, count, bits)
  }

  wideCount(count: bigint, bits: number, site: number): number {
    if (count >= 0n && count < BigInt(bits)) return Number(count)
    return this.#badCount(site, count, bits)
  }

  ilog2(value: number, site: number): number {
    if (value > 0) return 31 - Math.clz32(value)
    return this.#noLogarithm(site, value)
  }

  wideIlog2(value: bigint, site: number): number {
    if (value > 0n) return value.toString(2).length - 1
    return this.#noLogarithm(site, value)
  }

  min(left: number, right: number): number {
    return left < right ? left : right
  }

  max(left: number, right: number): number {
    return left > right ? left : right
  }

  wideMin(left: bigint, right: bigint): bigint {
    return left < right ? left : right
  }

  wideMax(left: bigint, right: bigint): bigint {
    return left > right ? left : right
  }

  /** An array of numbers. NaN, which is no value of any type, stands for an element that is not set. */
  array(length: number, isSet: boolean): Float64Array {
    const elements = new Float64Array(length)
    return isSet ? elements : elements.fill(NaN)
  }

  wideArray(length: number, isSet: boolean): (bigint | undefined)[] {
    return new Array<bigint | undefined>(length).fill(isSet ? 0n : undefined)
  }

  wideIndex(index: bigint, array: ArrayLike<unknown>, site: number): number {
    if (index >= 0n && index < BigInt(array.length)) return Number(index)
    return this.#noElement(array.length, index, site)
  }

  get(array: Float64Array, index: number, site: number): number {
    const value = array[index]
    // Neither what is outside the array nor NaN is above anything
    if (value !== undefined && value >= INT_MIN) return value
    return this.#noElement(array.length, index, site)
  }

  wideGet(array: readonly (bigint | undefined)[], index: number, site: number): bigint {
    const value = array[index]
    if (value !== undefined) return value
    return this.#noElement(array.length, index, site)
  }

  put(array: Float64Array, index: number, value: number, site: number): number {
    if (index < 0 || index >= array.length) return this.#noElement(array.length, index, site)
    array[index] = value
    return value
  }

  widePut(array: (bigint | undefined)[], index: number, value: bigint, site: number): bigint {
    if (index < 0 || index >= array.length) return this.#noElement(array.length, index, site)
    array[index] = value
    return value
  }

  /** The value of a local variable that may not have one. */
  set<Value>(value: Value | undefined, site: number): Value {
    if (value !== undefined) return value
    return this.sites.fail(site, `${this.sites.text(site)} is read before it is set.`)
  }

  noValue(site: number): never {
    return this.sites.fail(site, 'This function ends without returning its value.')
  }

  tooDeep(site: number): never {
    return this.sites.fail(site, `Calls of functions nest deeper than ${DEPTH_MAX}; accepted are ${DEPTH_MAX}.`)
  }

  #noElement(length: number, index: number | bigint, site: number): never {
    const text = this.sites.text(site)
    if (index >= 0 && index < length)
      return this.sites.fail(site, `${text} is read before it is set: element ${index}.`)
    return this.sites.fail(site, `${text}: the index is ${index}; the array has the elements 0 to ${length - 1}.`)
  }

  #badCount(site: number, count: number | bigint, bits: number): never {
    return this.sites.fail(
      site,
      `${this.sites.text(site)}: the shift count is ${count}; accepted are 0 to ${bits - 1}.`,
    )
  }

  #noQuotient(site: number, left: number | bigint): never {
    return this.sites.fail(site, `${this.sites.text(site)}: division of ${left} by zero.`)
  }

  #tooLarge(site: number, left: number | bigint): never {
    return this.sites.fail(
      site,
      `${this.sites.text(site)}: ${left} / -1 is too large for its type. A processor stops here.`,
    )
  }

  #noLogarithm(site: number, value: number | bigint): never {
    return this.sites.fail(site, `${this.sites.text(site)}: ilog2 of ${value}; accepted are integers above 0.`)
  }
}

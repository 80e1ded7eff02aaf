/** A call whose outcome in the modelled kernel is not defined, so that any answer would be invented. */
export class NotSimulatedError extends RangeError {
  override readonly name = 'NotSimulatedError'
}

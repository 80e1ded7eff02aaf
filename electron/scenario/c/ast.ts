/** A checked program: every name resolved, every type known, every conversion written out. The generator reads nothing else. */
import type { CheckedParameter } from '../../../shared/scenario-check.ts'
import type { BuiltinName } from './builtins.ts'
import type { Place } from './diagnostics.ts'
import type { ArrayType, IntegerType, ScalarType, ValueType, WordBits } from './types.ts'

export interface Variable {
  /** Different for every variable of a program; its name in the generated code is made from it. */
  readonly id: number
  readonly name: string
  readonly type: ScalarType | ArrayType | 'pages'
  readonly storage: 'global' | 'local' | 'argument'
  readonly isConst: boolean
  readonly at: Place
}

export function isArray(type: Variable['type']): type is ArrayType {
  return typeof type === 'object'
}

/** What can be assigned to. */
export type Target =
  | { readonly kind: 'variable'; readonly variable: Variable; readonly type: ScalarType; readonly at: Place }
  | {
      readonly kind: 'element'
      readonly array: Variable
      readonly index: Expression
      readonly type: ScalarType
      readonly at: Place
    }

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^'
export type ShiftOperator = '<<' | '>>'
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>='

interface Of<Kind extends string, Type extends ValueType = ValueType> {
  readonly kind: Kind
  readonly type: Type
  readonly at: Place
}

/** An integer constant, or NULL as the pointer 0. The value is in the range of its type. */
export interface Literal extends Of<'literal', ScalarType> {
  readonly value: bigint
}

export interface Read extends Of<'read', ScalarType> {
  readonly target: Target
}

export interface Unary extends Of<'unary', IntegerType> {
  readonly operator: '-' | '~'
  readonly operand: Expression
}

export interface Not extends Of<'not', 'int'> {
  readonly operand: Expression
}

/** Both operands have the type of the result. */
export interface Arithmetic extends Of<'arithmetic', IntegerType> {
  readonly operator: ArithmeticOperator
  readonly left: Expression
  readonly right: Expression
}

/** The left operand has the type of the result; the count keeps its own. */
export interface Shift extends Of<'shift', IntegerType> {
  readonly operator: ShiftOperator
  readonly left: Expression
  readonly count: Expression
}

/** Both operands have one type, an integer or a pointer. */
export interface Compare extends Of<'compare', 'int'> {
  readonly operator: CompareOperator
  readonly left: Expression
  readonly right: Expression
}

export interface Logical extends Of<'logical', 'int'> {
  readonly operator: '&&' | '||'
  readonly left: Expression
  readonly right: Expression
}

export interface Conditional extends Of<'conditional'> {
  readonly condition: Expression
  readonly then: Expression
  readonly otherwise: Expression
}

export interface Convert extends Of<'convert', ScalarType | 'void'> {
  readonly operand: Expression
}

/** The value has the target's type. */
export interface Assign extends Of<'assign', ScalarType> {
  readonly target: Target
  readonly value: Expression
}

/** target = (type of target)((operandType)target operator value). */
export interface Compound extends Of<'compound', IntegerType> {
  readonly target: Target
  readonly operator: ArithmeticOperator | ShiftOperator
  readonly operandType: IntegerType
  readonly value: Expression
}

/** ++ and --; the value is the target's before or after. */
export interface Step extends Of<'step', IntegerType> {
  readonly target: Target
  readonly by: 1 | -1
  readonly result: 'before' | 'after'
}

export interface Comma extends Of<'comma'> {
  readonly left: Expression
  readonly right: Expression
}

export interface ArrayArgument {
  readonly kind: 'array'
  readonly array: Variable
  readonly at: Place
}

export interface Call extends Of<'call', ScalarType | 'void'> {
  readonly callee: FunctionSymbol
  readonly args: readonly (Expression | ArrayArgument)[]
}

export interface BuiltinCall extends Of<'builtin'> {
  readonly name: BuiltinName
  readonly args: readonly Expression[]
}

/** task(callee, cpu, args…). */
export interface StartTask extends Of<'task', 'void'> {
  readonly callee: FunctionSymbol
  readonly cpu: Expression
  readonly args: readonly (Expression | ArrayArgument)[]
}

export type Expression =
  | Literal
  | Of<'opaque', 'pages' | 'pgprot'>
  | Read
  | Unary
  | Not
  | Arithmetic
  | Shift
  | Compare
  | Logical
  | Conditional
  | Convert
  | Assign
  | Compound
  | Step
  | Comma
  | Call
  | BuiltinCall
  | StartTask

export interface Block {
  readonly kind: 'block'
  readonly statements: readonly Statement[]
  readonly at: Place
}

export interface Declaration {
  readonly variable: Variable
  /** One value for a scalar; for an array the first elements, the rest being 0. `undefined`: not set. */
  readonly initial: readonly Expression[] | undefined
}

/** The declarations of one line, in a scope that goes on after it. */
export interface Declare {
  readonly kind: 'declare'
  readonly declarations: readonly Declaration[]
  readonly at: Place
}

export interface Loop {
  readonly kind: 'loop'
  readonly form: 'for' | 'while' | 'do'
  readonly initial: readonly Statement[]
  readonly condition: Expression | undefined
  readonly update: Expression | undefined
  readonly body: Statement
  readonly at: Place
}

export interface SwitchCase {
  readonly label: bigint | 'default'
  readonly statements: readonly Statement[]
}

export type Statement =
  | Block
  | Declare
  | Loop
  | { readonly kind: 'expression'; readonly expression: Expression; readonly at: Place }
  | {
      readonly kind: 'if'
      readonly condition: Expression
      readonly then: Statement
      readonly otherwise: Statement | undefined
      readonly at: Place
    }
  | {
      readonly kind: 'switch'
      readonly value: Expression
      readonly cases: readonly SwitchCase[]
      readonly at: Place
    }
  | { readonly kind: 'break' | 'continue'; readonly at: Place }
  | { readonly kind: 'return'; readonly value: Expression | undefined; readonly at: Place }

/** A function of the program. Its body is known once its definition has been read. */
export interface FunctionSymbol {
  readonly id: number
  readonly name: string
  readonly returns: ScalarType | 'void'
  readonly parameters: readonly Variable[]
  readonly at: Place
  body: Block | undefined
}

export interface Global {
  readonly variable: Variable
  /** First elements of an array, or the one value of a scalar; what is not given is 0. */
  readonly initial: readonly bigint[]
}

export interface ParameterVariable {
  readonly variable: Variable
  readonly info: CheckedParameter
}

export interface Program {
  readonly wordBits: WordBits
  readonly globals: readonly Global[]
  readonly parameters: readonly ParameterVariable[]
  /** All with a body. */
  readonly functions: readonly FunctionSymbol[]
  readonly entry: FunctionSymbol
}

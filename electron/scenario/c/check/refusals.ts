/** What C has and the lab's C has not: what a person calls it, and what to do instead. By the grammar's names. */
export const REFUSED_KINDS: Readonly<Record<string, string>> = {
  // Expressions
  pointer_expression: 'The operators * and & of pointers are not in the lab’s C; void * only names a mapping.',
  field_expression: 'Structs are not in the lab’s C; use variables or arrays.',
  string_literal: 'Strings are not in the lab’s C.',
  concatenated_string: 'Strings are not in the lab’s C.',
  char_literal: 'Character constants are not in the lab’s C; write the number.',
  compound_literal_expression: 'Compound literals are not in the lab’s C; declare an array with an initializer.',
  generic_expression: '_Generic is not in the lab’s C.',
  alignof_expression: '_Alignof is not in the lab’s C.',
  offsetof_expression: 'Structs, and so offsetof, are not in the lab’s C.',
  gnu_asm_expression: 'Assembly is not in the lab’s C.',
  extension_expression: '__extension__ is not in the lab’s C.',
  field_designator: 'Structs are not in the lab’s C; use variables or arrays.',
  subscript_range_designator: 'Ranges of elements, as [0 ... 2], are not in the lab’s C; name each.',
  // Statements
  goto_statement: 'goto is not in the lab’s C; use a loop with break or continue.',
  labeled_statement: 'Labels and goto are not in the lab’s C; use a loop with break or continue.',
  attributed_statement: 'Attributes are not in the lab’s C.',
  seh_try_statement: 'Exceptions are no C.',
  seh_leave_statement: 'Exceptions are no C.',
  type_definition: 'typedef is not in the lab’s C.',
  linkage_specification: 'extern is not in the lab’s C; a scenario is one file.',
  // Types
  struct_specifier: 'Structs are not in the lab’s C; use variables or arrays.',
  union_specifier: 'Unions are not in the lab’s C; use variables or arrays.',
  enum_specifier: 'Enums are not in the lab’s C; use #define for constants.',
  macro_type_specifier: 'typeof and other macros for types are not in the lab’s C; write the type.',
  // Declarations
  attribute_specifier: 'Attributes are not in the lab’s C.',
  attribute_declaration: 'Attributes are not in the lab’s C.',
  attributed_declarator: 'Attributes are not in the lab’s C.',
  ms_declspec_modifier: 'Attributes are not in the lab’s C.',
  ms_call_modifier: 'Calling conventions are not in the lab’s C.',
  variadic_parameter: 'Functions with … are not in the lab’s C.',
  // Preprocessor
  preproc_if: '#if is not in the lab’s C; use a parameter and an if.',
  preproc_ifdef: '#ifdef and #ifndef are not in the lab’s C; use a parameter and an if.',
  preproc_function_def: 'Macros with arguments are not in the lab’s C; write a function.',
  preproc_call: 'Of the preprocessor, the lab’s C has #define NAME constant only.',
}

/** Types that C programs use and the lab's C has not, with what stands for them. */
export const REFUSED_TYPES: Readonly<Record<string, string | undefined>> = {
  char: undefined,
  short: undefined,
  float: undefined,
  double: undefined,
  size_t: 'unsigned long',
  ssize_t: 'long',
  ptrdiff_t: 'long',
  intptr_t: 'long',
  uintptr_t: 'unsigned long',
  int32_t: 'int',
  uint32_t: 'unsigned int',
  s32: 'int',
  u32: 'unsigned int',
  uint: 'unsigned int',
  ulong: 'unsigned long',
  gfp_t: 'unsigned int',
}

/** What stands for functions of the kernel that the lab does not have. */
export const FUNCTION_HINTS: Readonly<Record<string, string>> = {
  vmalloc: 'vmap(pages, n, VM_MAP, PAGE_KERNEL) maps an area',
  vfree: 'vunmap(p) unmaps an area',
  get_cpu: 'smp_processor_id() tells the CPU',
  raw_smp_processor_id: 'smp_processor_id() tells the CPU',
  num_online_cpus: 'NR_CPUS is the number of CPUs',
  num_possible_cpus: 'NR_CPUS is the number of CPUs',
  kthread_run: 'task(function, cpu) starts a task',
  schedule: 'yield() ends a turn',
  cond_resched: 'yield() ends a turn',
  get_random_u32: 'rand(lo, hi) gives a random number',
  prandom_u32: 'rand(lo, hi) gives a random number',
  srand: 'rand_seed(n) sets the seed',
  min_t: 'min(a, b) takes integers of all types',
  max_t: 'max(a, b) takes integers of all types',
  roundup_pow_of_two: '1 << ilog2(n) is a power of two',
  printk: 'a run shows its calls without it',
  pr_info: 'a run shows its calls without it',
  pr_err: 'a run shows its calls without it',
  printf: 'a run shows its calls without it',
}

/** Words of the kernel around a condition, which means the same without them. */
export const CONDITION_WORDS = new Set(['likely', 'unlikely'])

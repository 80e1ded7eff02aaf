/** The calls and constants of the scenario language, in words: for completion, hover help and documentation. */

export interface LanguageEntry {
  readonly name: string
  /** A prototype, or a constant's type. */
  readonly signature: string
  readonly help: string
}

export const LANGUAGE_CALLS: readonly LanguageEntry[] = [
  {
    name: 'vm_map_ram',
    signature: 'void *vm_map_ram(struct page **pages, unsigned int count, int node, pgprot_t prot)',
    help: 'Maps count pages and answers their address, or NULL when there is no address space. The prot argument may be left out, as in kernels from 5.8.',
  },
  {
    name: 'vm_unmap_ram',
    signature: 'void vm_unmap_ram(const void *mem, unsigned int count)',
    help: 'Gives a mapping of vm_map_ram back. The count must be the one it was mapped with.',
  },
  {
    name: 'vm_unmap_aliases',
    signature: 'void vm_unmap_aliases(void)',
    help: 'Flushes what is unmapped but not yet flushed, and purges fragmented blocks.',
  },
  {
    name: 'vmap',
    signature: 'void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)',
    help: 'Maps count pages in an ordinary area of their own, with a guard page behind it, and answers the address or NULL.',
  },
  { name: 'vunmap', signature: 'void vunmap(const void *addr)', help: 'Gives a mapping of vmap back.' },
  {
    name: 'rand',
    signature: 'int rand(int lo, int hi)',
    help: 'A random number from lo to hi, both included: lo + x % (hi - lo + 1), where x is the next 32-bit output of MT19937.',
  },
  {
    name: 'rand_seed',
    signature: 'void rand_seed(unsigned int seed)',
    help: 'Starts the random numbers again as init_genrand(seed). Without it they start with the seed of the run.',
  },
  { name: 'ilog2', signature: 'int ilog2(n)', help: 'The logarithm to base 2, rounded down. n is an integer above 0.' },
  { name: 'min', signature: 'min(a, b)', help: 'The smaller of two integers.' },
  { name: 'max', signature: 'max(a, b)', help: 'The larger of two integers.' },
  {
    name: 'set_cpu',
    signature: 'void set_cpu(int cpu)',
    help: 'Moves the task to a CPU; its later calls run there. A scenario starts on CPU 0.',
  },
  { name: 'smp_processor_id', signature: 'int smp_processor_id(void)', help: 'The CPU that the task is on.' },
  {
    name: 'task',
    signature: 'void task(function, int cpu, …)',
    help: 'Starts a function as a task on a CPU; further arguments are passed on. task(name, cpu) { … } starts a block. Tasks run in turns of one allocator call.',
  },
  {
    name: 'task_order',
    signature: 'void task_order(int order)',
    help: 'ROUND_ROBIN (from the start) gives the tasks turns in the order they were started; RANDOM draws who is next, from the seed of the run.',
  },
  { name: 'yield', signature: 'void yield(void)', help: 'Ends the turn of the task without an allocator call.' },
  { name: 'ARRAY_SIZE', signature: 'int ARRAY_SIZE(array)', help: 'The number of elements of an array.' },
]

export const LANGUAGE_CONSTANTS: readonly LanguageEntry[] = [
  {
    name: 'VMAP_MAX_ALLOC',
    signature: 'int',
    help: 'The largest map, in pages, that is served from a vmap block: 32 or 64, the bits of a word.',
  },
  { name: 'VMAP_BBMAP_BITS', signature: 'int', help: 'Page slots in a vmap block.' },
  { name: 'VMAP_BLOCK_SIZE', signature: 'unsigned long', help: 'Bytes of a vmap block.' },
  { name: 'NR_CPUS', signature: 'int', help: 'CPUs of the machine; they are numbered from 0.' },
  { name: 'PAGE_SIZE', signature: 'unsigned long', help: 'Bytes of a page: 4096.' },
  { name: 'PAGE_SHIFT', signature: 'int', help: 'log2 of PAGE_SIZE: 12.' },
  { name: 'BITS_PER_LONG', signature: 'int', help: 'Bits of a long and of a pointer: 32 or 64.' },
  { name: 'VMALLOC_START', signature: 'unsigned long', help: 'The first address of the vmalloc space.' },
  { name: 'VMALLOC_END', signature: 'unsigned long', help: 'The address after the vmalloc space.' },
  { name: 'VMALLOC_TOTAL', signature: 'unsigned long', help: 'Bytes of the vmalloc space.' },
  { name: 'INT_MAX', signature: 'int', help: '2147483647' },
  { name: 'INT_MIN', signature: 'int', help: '-2147483648' },
  { name: 'UINT_MAX', signature: 'unsigned int', help: '4294967295' },
  { name: 'LONG_MAX', signature: 'long', help: 'The largest long of the machine.' },
  { name: 'LONG_MIN', signature: 'long', help: 'The smallest long of the machine.' },
  { name: 'ULONG_MAX', signature: 'unsigned long', help: 'The largest unsigned long of the machine.' },
  { name: 'NUMA_NO_NODE', signature: 'int', help: '-1: any memory node.' },
  { name: 'VM_MAP', signature: 'unsigned long', help: 'The flag of vmap for a mapping of pages.' },
  { name: 'VM_ALLOC', signature: 'unsigned long', help: 'The flag of an area made by vmalloc.' },
  {
    name: 'ROUND_ROBIN',
    signature: 'int',
    help: 'For task_order: turns in the order in which the tasks were started.',
  },
  { name: 'RANDOM', signature: 'int', help: 'For task_order: the next task is drawn.' },
  { name: 'true', signature: 'int', help: '1' },
  { name: 'false', signature: 'int', help: '0' },
  { name: 'NULL', signature: 'void *', help: 'The pointer that names no mapping.' },
  {
    name: 'pages',
    signature: 'struct page **',
    help: 'The pages to map. Which they are makes no difference to the allocator.',
  },
  { name: 'PAGE_KERNEL', signature: 'pgprot_t', help: 'The protection of ordinary kernel memory.' },
]

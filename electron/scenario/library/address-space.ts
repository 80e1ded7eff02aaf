import { inC, type ScenarioPreset } from './preset.ts'

/** Workloads that are about the address space below the blocks. */
export const ADDRESS_SPACE: readonly ScenarioPreset[] = [
  inC({
    id: 'big-maps',
    title: 'Big maps',
    description:
      'Maps of random sizes up to four times VMAP_MAX_ALLOC. Three in four are too big for a block and get an area of their own; what is unmapped stays pending until a drain gives it back. On x86_64 there are 42 drains under v4.0, where 191 blocks with holes stay, and 45 under v4.1, where 3 do.',
    source: `static int maps = 20000; /* 1..1000000: maps */

static void pair(int n)
{
	void *p = vm_map_ram(pages, n, NUMA_NO_NODE, PAGE_KERNEL);

	if (p)
		vm_unmap_ram(p, n);
}

void scenario(void)
{
	int i;

	for (i = 0; i < maps; i++)
		pair(rand(1, 4 * VMAP_MAX_ALLOC));
}
`,
  }),
  inC({
    id: 'pressure',
    title: 'A small space under pressure',
    description:
      'Maps until there is no address space, gives the older half back, and goes on. On i386 37 of 20,000 maps fail, and as many are served only after a purge, under every kernel from v3.2 on; v2.6.28 leaves gaps between blocks, and 76 fail. A 64-bit machine has room for far more than the 16,384 maps that live here.',
    source: `static int maps = 20000; /* 1..1000000: maps that are tried */

static void *mapped[16384];
static int first, next;

static void give_back(int count)
{
	while (count-- > 0) {
		vm_unmap_ram(mapped[first % ARRAY_SIZE(mapped)], VMAP_MAX_ALLOC);
		first++;
	}
}

void scenario(void)
{
	int i;

	for (i = 0; i < maps; i++) {
		void *p = vm_map_ram(pages, VMAP_MAX_ALLOC, NUMA_NO_NODE, PAGE_KERNEL);

		if (p) {
			mapped[next % ARRAY_SIZE(mapped)] = p;
			next++;
		}
		if (!p || next - first == ARRAY_SIZE(mapped))
			give_back((next - first + 1) / 2);
	}
}
`,
  }),
]

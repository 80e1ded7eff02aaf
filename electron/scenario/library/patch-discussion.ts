import { inC, type ScenarioPreset } from './preset.ts'

/** What the discussion of the 2015 patch brought up, as workloads. */
export const PATCH_DISCUSSION: readonly ScenarioPreset[] = [
  inC({
    id: 'long-lived',
    title: 'Long-lived among short-lived',
    description:
      'Every 51st map stays, all others are unmapped at once. A block with one live page is never given back, so these few maps pin every block: all 160 on x86_64, under every kernel. On i386, which has room for 32, nothing is left soon, and 8,152 of 10,200 maps fail under v4.0 and v4.1 alike. This fragmentation is not the one that the 2015 patch ended, and no release ends it.',
    source: `static int stay = 200; /* 1..10000: maps that stay */
static int between = 50; /* 0..1000: short-lived maps between two of them */
static int size = 16; /* 1..64: pages of a map */

static void *kept[10000];

static void pair(int n)
{
	void *p = vm_map_ram(pages, n, NUMA_NO_NODE, PAGE_KERNEL);

	if (p)
		vm_unmap_ram(p, n);
}

void scenario(void)
{
	int i, j;

	for (i = 0; i < stay; i++) {
		kept[i] = vm_map_ram(pages, size, NUMA_NO_NODE, PAGE_KERNEL);
		for (j = 0; j < between; j++)
			pair(size);
	}
}
`,
  }),
  inC({
    id: 'three-pages',
    title: 'Three pages at a time',
    description:
      "Maps of 3 pages, as many as a third of a block's slots, then all of them unmapped. Sizes are rounded up to powers of two, so 3 pages take 4 slots: of 85 maps only 64 fit into a block of 256 slots, and a second one is begun. 1,000 rounds take 1,329 blocks on i386-8, which has such blocks, and 1,333 on x86_64, under every kernel.",
    source: `static int iters = 1000; /* 1..100000: rounds */

static void *mapped[VMAP_BBMAP_BITS / 3];

void scenario(void)
{
	int i, j;

	for (i = 0; i < iters; i++) {
		for (j = 0; j < ARRAY_SIZE(mapped); j++)
			mapped[j] = vm_map_ram(pages, 3, NUMA_NO_NODE, PAGE_KERNEL);
		for (j = 0; j < ARRAY_SIZE(mapped); j++)
			if (mapped[j])
				vm_unmap_ram(mapped[j], 3);
	}
}
`,
  }),
  inC({
    id: 'one-per-order',
    title: 'One block per order',
    description:
      'The worst that is left after the 2015 patch: of each order one block on the free list, with 1, 2, 4 and so on up to 64 free slots. That makes 7 blocks on x86_64 and 6 on i386, under every kernel. From v4.1 on no workload leaves more on one CPU, because a map takes a hole of its size before it gets a new block; under v4.0 there is no such bound. Each map walks the list from its HEAD, where the smallest holes are under v4.1: it looks at 3,917 blocks here, under v4.0 at 2,046.',
    source: `static int iters = 1; /* 1..100000: rounds */

static void pair(int n)
{
	void *p = vm_map_ram(pages, n, NUMA_NO_NODE, PAGE_KERNEL);

	if (p)
		vm_unmap_ram(p, n);
}

void scenario(void)
{
	int i, j, order;

	for (i = 0; i < iters; i++)
		for (order = 0; order <= ilog2(VMAP_MAX_ALLOC); order++)
			for (j = 0; j < VMAP_BBMAP_BITS / (1 << order) - 1; j++)
				pair(1 << order);
}
`,
  }),
  inC({
    id: 'leak-and-purge',
    title: 'Leak until a purge',
    description:
      'Maps of the largest size, then one of half of it, leave a hole that the next large map does not fit into. On x86_64, where there is room for millions of blocks, each of 1,000 is left like that under v4.0, and 1 of 969 under v4.1. On i386 there is room for 32: whenever an allocation finds no space, a purge takes all of them back. Under v4.0 that happens 31 times, 8 of 1,000 blocks are left, and the leak is easily overlooked; under v4.1 it never happens.',
    source: `static int blocks = 1000; /* 1..1000000: blocks that are left with a hole */

static void pair(int n)
{
	void *p = vm_map_ram(pages, n, NUMA_NO_NODE, PAGE_KERNEL);

	if (p)
		vm_unmap_ram(p, n);
}

void scenario(void)
{
	int i, j;

	for (i = 0; i < blocks; i++) {
		for (j = 0; j < VMAP_BBMAP_BITS / VMAP_MAX_ALLOC - 1; j++)
			pair(VMAP_MAX_ALLOC);
		pair(VMAP_MAX_ALLOC / 2);
	}
}
`,
  }),
]

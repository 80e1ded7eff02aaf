import { inC, type ScenarioPreset } from './preset.ts'

/** Workloads of more than one CPU: each CPU has a free list of its own. */
export const SEVERAL_CPUS: readonly ScenarioPreset[] = [
  inC({
    id: 'producer-consumer',
    title: 'Producer and consumer',
    description:
      "One CPU maps 4 pages at a time, another one unmaps them a little later. A block stays with the CPU that made it, whoever gives its slots back: 78 of 79 blocks are given back on x86_64, and the last one is on the producer's list, under every kernel.",
    source: `static int count = 20000; /* 1..1000000: maps */

static void *ring[64];
static int made, taken;

static void producer(void)
{
	while (made < count) {
		if (made - taken == ARRAY_SIZE(ring)) {
			yield();
			continue;
		}
		ring[made % ARRAY_SIZE(ring)] = vm_map_ram(pages, 4, NUMA_NO_NODE, PAGE_KERNEL);
		made++;
	}
}

static void consumer(void)
{
	while (taken < count) {
		void *p;

		if (taken == made) {
			yield();
			continue;
		}
		p = ring[taken % ARRAY_SIZE(ring)];
		taken++;
		if (p)
			vm_unmap_ram(p, 4);
	}
}

void scenario(void)
{
	task(producer, 0);
	task(consumer, NR_CPUS > 1 ? 1 : 0);
}
`,
  }),
  inC({
    id: 'migration',
    title: 'A task that moves',
    description:
      'A task is moved from CPU to CPU and maps for a while on each. Each CPU has a free list of its own and keeps the block that was begun there: 64 stay listed on x86_64 with 64 CPUs, 1 with one CPU, under every kernel.',
    source: `static int iters = 1000; /* 1..100000: moves */
static int maps = 50; /* 1..10000: maps of 8 pages between two moves */

static void pair(int n)
{
	void *p = vm_map_ram(pages, n, NUMA_NO_NODE, PAGE_KERNEL);

	if (p)
		vm_unmap_ram(p, n);
}

void scenario(void)
{
	int i, j;

	for (i = 0; i < iters; i++) {
		set_cpu(i % NR_CPUS);
		for (j = 0; j < maps; j++)
			pair(8);
	}
}
`,
  }),
]

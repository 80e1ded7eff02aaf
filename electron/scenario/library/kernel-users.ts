import { inC, type ScenarioPreset } from './preset.ts'

/** How code in the kernel, or its tests, use vm_map_ram. */
export const KERNEL_USERS: readonly ScenarioPreset[] = [
  inC({
    id: 'fixed-size',
    title: 'Maps of one size',
    description:
      'A batch of maps of one size, then all of them unmapped, over and over, as tests of the allocator do it. A size that divides the block leaves no hole: 195 of 196 blocks are given back on x86_64, under every kernel.',
    source: `static int iters = 2000; /* 1..1000000: batches */
static int size = 4; /* 1..64: pages of a map */
static int batch = 25; /* 1..1000: maps that live at the same time */

static void *mapped[1000];

void scenario(void)
{
	int i, j;

	for (i = 0; i < iters; i++) {
		for (j = 0; j < batch; j++)
			mapped[j] = vm_map_ram(pages, size, NUMA_NO_NODE, PAGE_KERNEL);
		for (j = 0; j < batch; j++)
			if (mapped[j])
				vm_unmap_ram(mapped[j], size);
	}
}
`,
  }),
  inC({
    id: 'mixed-size',
    title: 'Maps of mixed sizes',
    description:
      'A table of 64 places, and random ones of them: an empty one is mapped with a random size, another one is unmapped. Under v4.0 950 of 1,058 blocks stay on x86_64, nearly all because of a hole at their end; under v4.1 6 of 1,043 do.',
    source: `static int steps = 50000; /* 1..10000000: maps and unmaps */

static void *mapped[64];
static int size[64];

void scenario(void)
{
	int i;

	for (i = 0; i < steps; i++) {
		int place = rand(0, ARRAY_SIZE(mapped) - 1);

		if (mapped[place]) {
			vm_unmap_ram(mapped[place], size[place]);
			mapped[place] = NULL;
		} else {
			size[place] = rand(1, VMAP_MAX_ALLOC);
			mapped[place] = vm_map_ram(pages, size[place], NUMA_NO_NODE, PAGE_KERNEL);
		}
	}
}
`,
  }),
  inC({
    id: 'decompression',
    title: 'File-system decompression',
    description:
      'Readers on up to eight CPUs map 4 to 16 pages for a moment each, as a compressing file system does with a cluster that it reads. When there is no address space they call vm_unmap_aliases and try again, three times. Under v4.0 137 of 251 blocks stay listed on x86_64; under v4.1 8 of 250 do, one for each CPU.',
    source: `static int clusters = 20000; /* 1..1000000: maps, of all readers together */

static void *map_with_retries(int n)
{
	int retries = 3;

	for (;;) {
		void *p = vm_map_ram(pages, n, NUMA_NO_NODE, PAGE_KERNEL);

		if (p || !retries--)
			return p;
		vm_unmap_aliases();
	}
}

static void reader(int count)
{
	while (count--) {
		int n = rand(4, 16);
		void *p = map_with_retries(n);

		if (p)
			vm_unmap_ram(p, n);
	}
}

void scenario(void)
{
	int readers = min(NR_CPUS, 8);
	int cpu;

	for (cpu = 0; cpu < readers; cpu++)
		task(reader, cpu, clusters / readers);
}
`,
  }),
  inC({
    id: 'buffer-cache',
    title: 'Buffer cache',
    description:
      '1,000 buffers of 1 to 16 pages, each replaced when its life has ended. Their lives follow a log-normal distribution: most are short, some long, so blocks empty slowly and at very different times. Under v4.0 131 of 199 blocks are there at the end on x86_64, 111 of them with a hole; under v4.1 34, one of them with a hole.',
    source: `static int rounds = 500; /* 1..100000: looks at every buffer */

/* Quantiles of a log-normal distribution: median 8, sigma 1.25, in rounds */
static int lives[16] = { 1, 2, 2, 3, 4, 5, 6, 7, 9, 11, 13, 16, 21, 28, 42, 82 };

static void *buffer[1000];
static int size[1000];
static int end[1000];

void scenario(void)
{
	int now, i;

	for (now = 0; now < rounds; now++) {
		for (i = 0; i < ARRAY_SIZE(buffer); i++) {
			if (buffer[i] && end[i] > now)
				continue;
			if (buffer[i])
				vm_unmap_ram(buffer[i], size[i]);
			size[i] = 1 << rand(0, 4);
			end[i] = now + lives[rand(0, 15)];
			buffer[i] = vm_map_ram(pages, size[i], NUMA_NO_NODE, PAGE_KERNEL);
		}
	}
}
`,
  }),
]

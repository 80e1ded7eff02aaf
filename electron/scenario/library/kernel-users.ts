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
      'Readers on up to eight CPUs map a burst of 16 clusters of 4 to 16 pages each and unmap them together, as a compressing file system does when it reads ahead. When there is no address space they call vm_unmap_aliases and try again, up to three times. On x86_64 141 of 257 blocks stay listed under v4.0, and 9 of 256 under v4.1. On the tiny machine some bursts do not fit: of 20,480 clusters 701 are given up after three retries under v4.0, and 540 under v4.1.',
    source: `static int bursts = 1280; /* 1..100000: bursts, of all readers together */
static int burst = 16; /* 1..64: clusters that a reader has mapped at the same time */

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
	void *mapped[64];
	int size[64];
	int i;

	while (count--) {
		for (i = 0; i < burst; i++) {
			size[i] = rand(4, 16);
			mapped[i] = map_with_retries(size[i]);
		}
		for (i = 0; i < burst; i++)
			if (mapped[i])
				vm_unmap_ram(mapped[i], size[i]);
	}
}

void scenario(void)
{
	int readers = min(NR_CPUS, 8);
	int cpu;

	for (cpu = 0; cpu < readers; cpu++)
		task(reader, cpu, max(1, bursts / readers));
}
`,
  }),
  inC({
    id: 'buffer-cache',
    title: 'Buffer cache',
    description:
      '1,000 buffers of 1 to 16 pages, each replaced when its life has ended. Their lives follow a log-normal distribution: most are short, some long, so blocks empty slowly and at very different times. Under v4.0 131 of 199 blocks are there at the end on x86_64, 111 of them with a hole; under v4.1 34 are, 1 of them with a hole. On i386, which has room for 32, 13,702 of 45,953 maps fail under v4.1; they are tried again in the next round.',
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
  inC({
    id: 'flush-aliases',
    title: 'Flushes that purge',
    description:
      'Some maps on each of four CPUs, all unmapped, then vm_unmap_aliases, as code does that changes page attributes. From v3.2 to v6.1 it takes back every block on a free list that has no live page, however little of it was used: on x86_64 1,000 flushes cost 4,000 blocks under v4.1. From v6.5 on a block is kept while a quarter of it is free: 84 blocks do under v6.12.',
    source: `static int iters = 1000; /* 1..100000: flushes */
static int maps = 4; /* 1..1000: maps on each CPU between two flushes */
static int size = 4; /* 1..64: pages of a map */

static void pair(int n)
{
	void *p = vm_map_ram(pages, n, NUMA_NO_NODE, PAGE_KERNEL);

	if (p)
		vm_unmap_ram(p, n);
}

void scenario(void)
{
	int cpus = min(NR_CPUS, 4);
	int i, j, cpu;

	for (i = 0; i < iters; i++) {
		for (cpu = 0; cpu < cpus; cpu++) {
			set_cpu(cpu);
			for (j = 0; j < maps; j++)
				pair(size);
		}
		vm_unmap_aliases();
	}
}
`,
  }),
]

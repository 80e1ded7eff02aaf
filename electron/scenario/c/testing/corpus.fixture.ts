import { SCENARIO_PRESETS } from '../../presets.ts'

/** A scenario with every construct of the language. */
export const EVERYTHING = `/* All of it */
#include <linux/vmalloc.h>
#define BLOCKS 4 // of them
#define HALF (VMAP_BBMAP_BITS / 2)

static int iters = 3; /* 1..10: outer iterations */
static unsigned long limit = 100; /* 1..1000: of something */
static void *held[8];
static unsigned int sizes[BLOCKS] = { 1, 2, 4, 8 };
static long sum;
static bool done = false;

static int later(int n);

static void *get(struct page **pages, int n)
{
	return vm_map_ram(pages, n, -1, PAGE_KERNEL);
}

static void fill(unsigned int out[], int count, long by)
{
	int i;

	for (i = 0; i < count; i++)
		out[i] = out[i] * 2 + by % 3;
}

static int later(int n)
{
	return n <= 1 ? 1 : n * later(n - 1);
}

static void worker(int first, int count)
{
	int i = first;
	const int end = first + count;

	set_cpu(first % NR_CPUS);
	while (i < end && !done) {
		void *p = get(pages, 1 + i % VMAP_MAX_ALLOC);

		if (p)
			vm_unmap_ram(p, 1 + i % VMAP_MAX_ALLOC);
		else
			vm_unmap_aliases();
		i++;
		yield();
	}
}

void scenario(void)
{
	unsigned int local[BLOCKS] = { 7 };
	long longs[3] = { -1, 2l };
	void *area = vmap(pages, 5, VM_MAP, PAGE_KERNEL), *other = NULL;
	int i, j = 0;

	rand_seed(5);
	task_order(RANDOM);
	for (i = 0; i < iters; i++) {
		int n = rand(1, 64);

		held[i & 7] = vm_map_ram(pages, n, NUMA_NO_NODE);
		if (held[i & 7] == NULL || held[i & 7] == other)
			break;
		switch (n & 3) {
		case 0:
			j += ilog2(n) << 2;
			break;
		case 1:
		case 2:
			j -= ~n ^ sizes[j & 3];
			/* fall through */
		default:
			sum += (long)held[i & 7] / PAGE_SIZE * limit;
		}
		vm_unmap_ram(held[i & 7], n);
		other = held[7];
	}
	do {
		longs[1] >>= 1, j = -j++ % 7;
		local[(unsigned int)j & 3]--;
		sizes[1] |= local[0] > min(3, max(j, 2)) ? HALF : sizeof(longs);
	} while (++j < 3 && longs[1] != 0);
	fill(sizes, ARRAY_SIZE(sizes), sum);
	if (!later(5))
		return;
	task(worker, 1, 0, 4);
	task(worker, smp_processor_id(), 2, 3);
	vunmap(area);
}
`

const LIST = `  while (iters--) {
		nr = rand(1, VMAP_MAX_ALLOC);
		vaddr = vm_map_ram(pages, nr, -1, PAGE_KERNEL);
		vm_unmap_ram(vaddr, nr);
  }
`

export const CORPUS: readonly string[] = [
  EVERYTHING,
  EVERYTHING,
  LIST,
  ...SCENARIO_PRESETS.map(({ info }) => info.source),
]

/*
 * The peer of `npm run bench`: vm_map_ram and vm_unmap_ram of one CPU over plain linked lists. It gives every map the address
 * that the kernel of 4.0 or of 4.1 gives it, and walks the same blocks for it. Like the kernel's of 4.0, a block keeps its
 * dirty slots in a bitmap, so that each unmap can be checked.
 *
 * first-fit WORKLOAD ITERATIONS head|tail LISTED BUDGET_MS SLOTS_PER_BLOCK MAX_ALLOC FIRST_PAGE LAZY_PAGES
 *
 * Prints the pairs of one round, the best time of a round in nanoseconds, and the blocks made, given back and visited in it.
 * Rounds are made until BUDGET_MS have passed. LISTED blocks with a hole of 8 slots stand on the list before each. With a
 * BUDGET_MS of 0 it prints the checksum of the addresses of one round instead.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SEED = 2424, PREFILLED_HOLE = 8, SLOTS_MAX = 1024, WORD_BITS = 64 };

/* The machine, as the lab's are: known when the program runs. */
static int slots_per_block, max_alloc;
static uint64_t first_page, lazy_pages;

/* The address space of a block. Areas stand in a list by address, those that wait for the drain among them. */
struct area {
	struct area *below, *above;
	struct area *pending_next;
	uint64_t page;
};

struct block {
	struct area *area;
	int free, dirty;
	uint64_t dirty_map[SLOTS_MAX / WORD_BITS];
	struct block *next, *previous;
};

static struct area lowest;	/* below all areas, where the space begins */
static struct area *last_found, *pending;
static uint64_t pending_pages;
static struct block head;
static struct block **blocks;	/* by their place in the address space */
static uint64_t capacity;
static uint64_t maps, unmaps, made, given_back, visited, map_visited;
static int at_head;

/* The search goes on where the last one ended, or below the lowest area that a drain took away since. */
static struct area *new_area(void)
{
	struct area *area = malloc(sizeof(*area));
	struct area *below = last_found;
	uint64_t page = below == &lowest ? first_page : below->page + slots_per_block;

	while (below->above && page + slots_per_block > below->above->page) {
		below = below->above;
		page = below->page + slots_per_block;
	}
	area->page = page;
	area->below = below;
	area->above = below->above;
	if (area->above)
		area->above->below = area;
	below->above = area;
	last_found = area;
	return area;
}

static void drain(void)
{
	while (pending) {
		struct area *area = pending;

		pending = area->pending_next;
		if (last_found != &lowest && area->page <= last_found->page)
			last_found = area->below;
		area->below->above = area->above;
		if (area->above)
			area->above->below = area->below;
		free(area);
	}
	pending_pages = 0;
}

static void give_back(struct area *area)
{
	area->pending_next = pending;
	pending = area;
	pending_pages += slots_per_block;
	if (pending_pages > lazy_pages)
		drain();
}

static struct block **block_at(uint64_t page)
{
	return &blocks[(page - first_page) / slots_per_block];
}

static struct block *new_block(void)
{
	struct block *block = malloc(sizeof(*block));
	struct block *after;
	uint64_t index;

	block->area = new_area();
	index = (block->area->page - first_page) / slots_per_block;
	if (index >= capacity) {
		capacity = capacity ? 2 * capacity : 1024;
		blocks = realloc(blocks, capacity * sizeof(*blocks));
	}
	blocks[index] = block;
	block->free = slots_per_block;
	block->dirty = 0;
	memset(block->dirty_map, 0, sizeof(block->dirty_map));
	after = at_head ? head.next : &head;
	block->next = after;
	block->previous = after->previous;
	block->previous->next = block;
	after->previous = block;
	made++;
	return block;
}

static struct block *first_fit(int slots)
{
	struct block *block;

	for (block = head.next; block != &head; block = block->next) {
		map_visited++;
		if (block->free >= slots)
			return block;
	}
	return NULL;
}

static int slots_of(int pages)
{
	return pages == 1 ? 1 : 1 << (32 - __builtin_clz(pages - 1));
}

/* Marks slots dirty; false if one of them was, or if they were never handed out. */
static int mark_dirty(struct block *block, int offset, int slots)
{
	if (offset + slots > slots_per_block - block->free)
		return 0;
	while (slots > 0) {
		int bit = offset % WORD_BITS;
		int length = slots < WORD_BITS - bit ? slots : WORD_BITS - bit;
		uint64_t mask = ~(uint64_t)0 >> (WORD_BITS - length) << bit;
		uint64_t *word = &block->dirty_map[offset / WORD_BITS];

		if (*word & mask)
			return 0;
		*word |= mask;
		block->dirty += length;
		offset += length;
		slots -= length;
	}
	return 1;
}

/* An address in pages. Not inlined, as the kernel's functions are not. */
static __attribute__((noinline)) uint64_t map(int pages)
{
	int slots = slots_of(pages);
	struct block *block;
	uint64_t page;

	maps++;
	map_visited = 0;
	block = first_fit(slots);
	if (!block) {
		block = new_block();
		/* Before the series the list was walked again */
		if (at_head)
			block = first_fit(slots);
	}
	page = block->area->page + (slots_per_block - block->free);
	block->free -= slots;
	if (block->free == 0) {
		block->previous->next = block->next;
		block->next->previous = block->previous;
	}
	visited += map_visited;
	return page;
}

static __attribute__((noinline)) void unmap(uint64_t page, int pages)
{
	struct block **place = block_at(page);
	struct block *block = *place;

	unmaps++;
	if (!block || !mark_dirty(block, page - block->area->page, slots_of(pages))) {
		fprintf(stderr, "unmapped twice: %d pages at %llu\n", pages, (unsigned long long)page);
		exit(1);
	}
	if (block->dirty < slots_per_block)
		return;
	*place = NULL;
	give_back(block->area);
	free(block);
	given_back++;
}

static int check_addresses;
static uint32_t addresses;

static void pairs(int pages, int count)
{
	for (; count > 0; count--) {
		uint64_t page = map(pages);

		if (check_addresses)
			addresses = addresses * 31 + (uint32_t)page;
		unmap(page, pages);
	}
}

static uint32_t twister[624];
static int twister_next;

static void seed(uint32_t value)
{
	twister[0] = value;
	for (uint32_t i = 1; i < 624; i++)
		twister[i] = 1812433253u * (twister[i - 1] ^ twister[i - 1] >> 30) + i;
	twister_next = 624;
}

static uint32_t random_word(void)
{
	uint32_t word;

	if (twister_next == 624) {
		for (int i = 0; i < 624; i++) {
			word = (twister[i] & 0x80000000u) | (twister[(i + 1) % 624] & 0x7fffffffu);
			twister[i] = twister[(i + 397) % 624] ^ word >> 1 ^ (word & 1 ? 0x9908b0dfu : 0);
		}
		twister_next = 0;
	}
	word = twister[twister_next++];
	word ^= word >> 11;
	word ^= word << 7 & 0x9d2c5680u;
	word ^= word << 15 & 0xefc60000u;
	return word ^ word >> 18;
}

static uint64_t exhaust(int iterations)
{
	for (int i = 0; i < iterations; i++) {
		pairs(16, 1);
		pairs(8, (slots_per_block - 16) / 8 - 1);
	}
	return (uint64_t)iterations * ((slots_per_block - 16) / 8);
}

static uint64_t random_sizes(int iterations)
{
	for (int i = 0; i < iterations; i++)
		pairs(1 + random_word() % max_alloc, 1);
	return iterations;
}

static uint64_t orders(int iterations)
{
	uint64_t done = 0;

	for (int i = 0; i < iterations; i++) {
		for (int order = 0; 1 << order <= max_alloc; order++) {
			pairs(1 << order, slots_per_block / (1 << order) - 1);
			done += slots_per_block / (1 << order) - 1;
		}
		for (int order = 0; 1 << order <= max_alloc; order++)
			pairs(1 << order, 1);
		done += __builtin_ctz(max_alloc) + 1;
	}
	return done;
}

static void start_over(int listed)
{
	while (head.next && head.next != &head) {
		struct block *block = head.next;

		head.next = block->next;
		give_back(block->area);
		free(block);
	}
	drain();
	lowest.above = NULL;
	last_found = &lowest;
	head.next = head.previous = &head;
	while (listed-- > 0) {
		struct block *block = new_block();

		block->free = PREFILLED_HOLE;
		block->dirty = slots_per_block - PREFILLED_HOLE;
	}
	made = given_back = visited = 0;
	seed(SEED);
}

static uint64_t now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000u + time.tv_nsec;
}

int main(int argc, char **argv)
{
	uint64_t best = UINT64_MAX, done = 0, spent = 0;

	if (argc != 10) {
		fprintf(stderr, "usage: first-fit exhaust|random|orders ITERATIONS head|tail LISTED BUDGET_MS SLOTS_PER_BLOCK MAX_ALLOC FIRST_PAGE LAZY_PAGES\n");
		return 2;
	}
	slots_per_block = atoi(argv[6]);
	max_alloc = atoi(argv[7]);
	at_head = strcmp(argv[3], "head") == 0;
	first_page = strtoull(argv[8], NULL, 10);
	lazy_pages = strtoull(argv[9], NULL, 10);
	check_addresses = atoi(argv[5]) == 0;
	do {
		uint64_t started, elapsed;

		start_over(atoi(argv[4]));
		started = now_ns();
		if (strcmp(argv[1], "exhaust") == 0)
			done = exhaust(atoi(argv[2]));
		else if (strcmp(argv[1], "random") == 0)
			done = random_sizes(atoi(argv[2]));
		else
			done = orders(atoi(argv[2]));
		elapsed = now_ns() - started;
		spent += elapsed;
		if (elapsed < best)
			best = elapsed;
	} while (spent < (uint64_t)atoi(argv[5]) * 1000000u);
	if (check_addresses) {
		printf("%lu\n", (unsigned long)addresses);
		return 0;
	}
	printf("%llu %llu %llu %llu %llu\n", (unsigned long long)done, (unsigned long long)best, (unsigned long long)made,
	       (unsigned long long)given_back, (unsigned long long)visited);
	return 0;
}

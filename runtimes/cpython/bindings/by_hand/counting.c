/*
 * Counts what Python's allocators give out: functions to put in the place of theirs, each of which
 * passes its order on and adds to a counter. Needs no header of Python's, and no Python to link to.
 */
#include <stddef.h>
#include <stdint.h>

/* PyMemAllocatorEx of CPython 3.5 and newer. */
typedef struct {
    void *ctx;
    void *(*malloc)(void *ctx, size_t size);
    void *(*calloc)(void *ctx, size_t count, size_t size);
    void *(*realloc)(void *ctx, void *block, size_t size);
    void (*free)(void *ctx, void *block);
} Allocator;

/* The allocator that was there before, and what was asked of it. */
typedef struct {
    Allocator before;
    uint64_t blocks;
    uint64_t bytes;
} Counter;

static void add(Counter *counter, void *block, size_t size) {
    if (block == NULL) return;
    counter->blocks++;
    counter->bytes += size;
}

void *count_malloc(void *ctx, size_t size) {
    Counter *counter = ctx;
    void *block = counter->before.malloc(counter->before.ctx, size);
    add(counter, block, size);
    return block;
}

void *count_calloc(void *ctx, size_t count, size_t size) {
    Counter *counter = ctx;
    void *block = counter->before.calloc(counter->before.ctx, count, size);
    add(counter, block, count * size);
    return block;
}

void *count_realloc(void *ctx, void *old, size_t size) {
    Counter *counter = ctx;
    void *block = counter->before.realloc(counter->before.ctx, old, size);
    add(counter, block, size);
    return block;
}

void count_free(void *ctx, void *block) {
    Counter *counter = ctx;
    counter->before.free(counter->before.ctx, block);
}

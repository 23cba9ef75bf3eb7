// Times buffer_sum of the library beside the C of sum.c, in turns, on the same memory.
//
//   gcc -O3 -march=native -ffast-math -c sum.c
//   gcc -O2 harness.c sum.o -o harness -ldl
//   ./harness ../../zig-out/lib/libffibench.so
//
// Prints the best of many rounds in GB/s: the best is what the machine can do, the rest is what
// its other users took.
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double sum_plain(const double *items, size_t count);
double sum_intrinsics(const double *items, size_t count);
extern const char *sum_intrinsics_name;

typedef double library_sum_fn(const double *items, uint32_t count);
static library_sum_fn *library_sum;

static double sum_library(const double *items, size_t count) {
  return library_sum(items, (uint32_t)count);
}

static double now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

enum { ways = 3, rounds = 200, bytes_per_sample = 64 << 20 };

int main(int argc, char **argv) {
  void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW) : NULL;
  if (!library) {
    fprintf(stderr, "usage: harness LIBRARY (%s)\n", argc == 2 ? dlerror() : "none given");
    return 2;
  }
  library_sum = (library_sum_fn *)dlsym(library, "ffib_buffer_sum");
  if (!library_sum) {
    fprintf(stderr, "%s has no ffib_buffer_sum\n", argv[1]);
    return 2;
  }
  double (*sums[ways])(const double *, size_t) = {sum_library, sum_plain, sum_intrinsics};
  const char *names[ways] = {"library", "gcc -O3 -ffast-math", sum_intrinsics_name};
  const size_t counts[] = {64, 512, 4096, 65536, 1 << 20};
  for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
    const size_t count = counts[c];
    double *items = aligned_alloc(4096, count * sizeof(double) + 4096);
    for (size_t i = 0; i < count; i++) items[i] = (double)(i % 1000);
    const double expected = sum_plain(items, count);
    const size_t repeats = bytes_per_sample / 8 / count / 8 + 1;
    double best_ns[ways] = {1e18, 1e18, 1e18};
    for (int round = 0; round < rounds; round++) {
      for (int way = 0; way < ways; way++) {
        double total = 0;
        const double start_ns = now_ns();
        for (size_t r = 0; r < repeats; r++) total += sums[way](items, count);
        const double ns = (now_ns() - start_ns) / repeats;
        if (total != expected * repeats) {
          fprintf(stderr, "%s answers a wrong sum\n", names[way]);
          return 1;
        }
        if (ns < best_ns[way]) best_ns[way] = ns;
      }
    }
    for (int way = 0; way < ways; way++)
      printf("%8zu f64  %-24s %8.2f GB/s\n", count, names[way], count * 8 / best_ns[way]);
    free(items);
  }
  return 0;
}

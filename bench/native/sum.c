// How fast the sum of f64 can be on this machine, in C: the bar for the library's buffer_sum.
//
// `sum_plain` is left to the compiler, `sum_intrinsics` is written for AVX-512 or AVX2 by hand.
#include <stddef.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

double sum_plain(const double *items, size_t count) {
  double total = 0;
  for (size_t i = 0; i < count; i++) total += items[i];
  return total;
}

#if defined(__AVX512F__)

const char *sum_intrinsics_name = "AVX-512 intrinsics";

double sum_intrinsics(const double *items, size_t count) {
  __m512d partial[8];
  for (int k = 0; k < 8; k++) partial[k] = _mm512_setzero_pd();
  size_t i = 0;
  for (; i + 64 <= count; i += 64)
    for (int k = 0; k < 8; k++)
      partial[k] = _mm512_add_pd(partial[k], _mm512_loadu_pd(items + i + 8 * k));
  for (int k = 1; k < 8; k++) partial[0] = _mm512_add_pd(partial[0], partial[k]);
  double total = _mm512_reduce_add_pd(partial[0]);
  for (; i < count; i++) total += items[i];
  return total;
}

#elif defined(__AVX2__)

const char *sum_intrinsics_name = "AVX2 intrinsics";

double sum_intrinsics(const double *items, size_t count) {
  __m256d partial[8];
  for (int k = 0; k < 8; k++) partial[k] = _mm256_setzero_pd();
  size_t i = 0;
  for (; i + 32 <= count; i += 32)
    for (int k = 0; k < 8; k++)
      partial[k] = _mm256_add_pd(partial[k], _mm256_loadu_pd(items + i + 4 * k));
  double lanes[4], total = 0;
  for (int k = 1; k < 8; k++) partial[0] = _mm256_add_pd(partial[0], partial[k]);
  _mm256_storeu_pd(lanes, partial[0]);
  for (int k = 0; k < 4; k++) total += lanes[k];
  for (; i < count; i++) total += items[i];
  return total;
}

#else

const char *sum_intrinsics_name = "no intrinsics for this processor";

double sum_intrinsics(const double *items, size_t count) { return sum_plain(items, count); }

#endif

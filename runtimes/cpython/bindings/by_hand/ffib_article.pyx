# cython: language_level=3, boundscheck=False, wraparound=False
# The article's functions in Cython: code of the extension itself, built by each compiler.

def do_nothing():
    pass


def sum_list(list values):
    cdef double total = 0
    for value in values:
        total += <double>value
    return total


def sum_range(long long n):
    cdef long long total = 0, i
    for i in range(n):
        total += i
    return total

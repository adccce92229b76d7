// SPDX-License-Identifier: Apache-2.0
#include "tests/support/allocations.hpp"

#include <cstdlib>
#include <new>

namespace {
thread_local std::size_t count = 0;
}  // namespace

// ThreadSanitizer brings operators of its own; nothing is counted there.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CATCHRULE_KEEP_OPERATORS
#endif
#endif

#ifndef CATCHRULE_KEEP_OPERATORS
void* operator new(std::size_t size) {
    ++count;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }

void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace catchrule::testing {

std::size_t allocations() { return count; }

}  // namespace catchrule::testing

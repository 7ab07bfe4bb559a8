#pragma once

// OPSTAT_SANITIZER names the sanitizer that owns malloc in this build, and is
// not defined in a build without one.
#if defined(__SANITIZE_ADDRESS__)
#define OPSTAT_SANITIZER "address"
#define OPSTAT_SANITIZER_TAG AddressSanitizer
#elif defined(__SANITIZE_THREAD__)
#define OPSTAT_SANITIZER "thread"
#define OPSTAT_SANITIZER_TAG ThreadSanitizer
#define OPSTAT_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OPSTAT_SANITIZER "address"
#define OPSTAT_SANITIZER_TAG AddressSanitizer
#elif __has_feature(thread_sanitizer)
#define OPSTAT_SANITIZER "thread"
#define OPSTAT_SANITIZER_TAG ThreadSanitizer
#define OPSTAT_THREAD_SANITIZER
#endif
#endif

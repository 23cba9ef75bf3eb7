/* The addon as somebody would write it by hand, for the functions that bench/addon/compare.ts asks
 * for: the same kernels, the same checks, no generator. Node-API is declared here as far as it is
 * used; the runtime that loads the addon provides it. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct env *napi_env;
typedef struct value *napi_value;
typedef struct info *napi_callback_info;
typedef int napi_status;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
enum { napi_ok = 0, uint8_array = 1 };

napi_status napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *,
                             void **);
napi_status napi_get_value_double(napi_env, napi_value, double *);
napi_status napi_get_value_string_utf8(napi_env, napi_value, char *, size_t, size_t *);
napi_status napi_get_typedarray_info(napi_env, napi_value, int *, size_t *, void **, napi_value *,
                                     size_t *);
napi_status napi_create_double(napi_env, double, napi_value *);
napi_status napi_create_uint32(napi_env, uint32_t, napi_value *);
napi_status napi_create_object(napi_env, napi_value *);
napi_status napi_create_function(napi_env, const char *, size_t, napi_callback, void *,
                                 napi_value *);
napi_status napi_set_named_property(napi_env, napi_value, const char *, napi_value);
napi_status napi_throw_type_error(napi_env, const char *, const char *);
napi_status napi_throw_range_error(napi_env, const char *, const char *);

void ffib_noop(void);
uint32_t ffib_buffer_touch(const uint8_t *, uint32_t);
uint32_t ffib_string_sum_z(const char *);
double ffib_calls(void);
uint32_t ffib_manifest(uint8_t *, uint32_t);
uint32_t ffib_spin_chain(uint32_t);

static napi_value throw_type(napi_env env, const char *sentence) {
  napi_throw_type_error(env, NULL, sentence);
  return NULL;
}

/* A whole number of 32 bits; throws and answers false where it is none. */
static bool get_u32(napi_env env, napi_value value, uint32_t *result) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok) {
    throw_type(env, "A length must be a number.");
    return false;
  }
  if (!(number >= 0 && number <= UINT32_MAX) || (double)(uint32_t)number != number) {
    napi_throw_range_error(env, NULL, "A length must be a whole number of 32 bits.");
    return false;
  }
  *result = (uint32_t)number;
  return true;
}

static napi_value from_u32(napi_env env, uint32_t number) {
  napi_value value = NULL;
  napi_create_uint32(env, number, &value);
  return value;
}

static napi_value noop(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  ffib_noop();
  return NULL;
}

/* A Uint8Array and a length within it; throws and answers false where they are not. */
static bool get_bytes(napi_env env, napi_callback_info info, void **data, uint32_t *length) {
  napi_value args[2];
  size_t count = 2;
  napi_get_cb_info(env, info, &count, args, NULL, NULL);
  if (count < 2) {
    throw_type(env, "It takes a Uint8Array and a length.");
    return false;
  }
  int type;
  size_t capacity;
  if (napi_get_typedarray_info(env, args[0], &type, &capacity, data, NULL, NULL) != napi_ok ||
      type != uint8_array) {
    throw_type(env, "It takes a Uint8Array.");
    return false;
  }
  if (!get_u32(env, args[1], length)) return false;
  if (*length <= capacity) return true;
  napi_throw_range_error(env, NULL, "The length is over that of the array.");
  return false;
}

static napi_value buffer_touch(napi_env env, napi_callback_info info) {
  void *data;
  uint32_t length;
  if (!get_bytes(env, info, &data, &length)) return NULL;
  return from_u32(env, ffib_buffer_touch(data, length));
}

static napi_value manifest(napi_env env, napi_callback_info info) {
  void *data;
  uint32_t length;
  if (!get_bytes(env, info, &data, &length)) return NULL;
  return from_u32(env, ffib_manifest(data, length));
}

/* Texts up to this length, less one character that may have been cut, stay on the stack. */
enum { short_max = 1024 };

static napi_value string_sum_z(napi_env env, napi_callback_info info) {
  napi_value arg;
  size_t count = 1;
  char text[short_max];
  size_t length;
  napi_get_cb_info(env, info, &count, &arg, NULL, NULL);
  if (count < 1) return throw_type(env, "It takes a string.");
  if (napi_get_value_string_utf8(env, arg, text, sizeof text, &length) != napi_ok) {
    return throw_type(env, "It takes a string.");
  }
  if (length <= sizeof text - 5) return from_u32(env, ffib_string_sum_z(text));
  napi_get_value_string_utf8(env, arg, NULL, 0, &length);
  char *whole = malloc(length + 1);
  if (whole == NULL) return throw_type(env, "There is no memory left for a text.");
  napi_get_value_string_utf8(env, arg, whole, length + 1, &length);
  napi_value sum = from_u32(env, ffib_string_sum_z(whole));
  free(whole);
  return sum;
}

static napi_value calls(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value value = NULL;
  napi_create_double(env, ffib_calls(), &value);
  return value;
}

static napi_value spin_chain(napi_env env, napi_callback_info info) {
  napi_value arg;
  size_t count = 1;
  uint32_t adds;
  napi_get_cb_info(env, info, &count, &arg, NULL, NULL);
  if (count < 1 || !get_u32(env, arg, &adds)) return NULL;
  return from_u32(env, ffib_spin_chain(adds));
}

static const struct {
  const char *name;
  napi_callback function;
} functions[] = {
    {"ffib_noop", noop},   {"ffib_buffer_touch", buffer_touch}, {"ffib_string_sum_z", string_sum_z},
    {"ffib_calls", calls}, {"ffib_manifest", manifest},         {"ffib_spin_chain", spin_chain},
};

/* As the generated addon has it: an object with functions; whatever is asked for, all of them. */
static napi_value open(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value opened = NULL;
  napi_create_object(env, &opened);
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    napi_value function = NULL;
    const char *name = functions[i].name;
    napi_create_function(env, name, strlen(name), functions[i].function, NULL, &function);
    napi_set_named_property(env, opened, name, function);
  }
  return opened;
}

napi_value napi_register_module_v1(napi_env env, napi_value module) {
  napi_value function = NULL;
  napi_create_function(env, "open", 4, open, NULL, &function);
  napi_set_named_property(env, module, "open", function);
  return module;
}

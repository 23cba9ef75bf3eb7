// The addon as an author writes it with node-addon-api: the same library behind it, in the words
// of the package's documentation, with the checks that its classes make and no others.
#include <cstdint>
#include <string>

#include <napi.h>

extern "C" {
void ffib_noop(void);
int32_t ffib_i32_args_1(int32_t);
int32_t ffib_i32_args_2(int32_t, int32_t);
double ffib_f64_args_2(double, double);
uint32_t ffib_buffer_touch(const uint8_t *, uint32_t);
double ffib_buffer_sum(const double *, uint32_t);
void ffib_buffer_fill(uint8_t *, uint32_t, uint8_t);
uint32_t ffib_string_sum(const uint8_t *, uint32_t);
uint32_t ffib_string_sum_z(const char *);
uint32_t ffib_string_ignore(const uint8_t *, uint32_t);
uint32_t ffib_string_ignore_z(const char *);
uint32_t ffib_string_prepare(const uint8_t *, uint32_t);
const char *ffib_string_get(void);
uint32_t ffib_string_copy(uint8_t *, uint32_t);
double ffib_calls(void);
uint32_t ffib_manifest(uint8_t *, uint32_t);
uint32_t ffib_spin_chain(uint32_t);
uint32_t ffib_throughput(void);
}

namespace {

using Info = Napi::CallbackInfo;
using Napi::Env;
using Napi::Number;
using Napi::Value;

// Bytes of a view: their length is what the view has, whatever the caller says.
struct Bytes {
  uint8_t *data;
  uint32_t length;
};

Bytes bytes_of(const Info &info) {
  Napi::Uint8Array array = info[0].As<Napi::Uint8Array>();
  uint32_t wanted = info[1].As<Number>().Uint32Value();
  uint32_t held = static_cast<uint32_t>(array.ByteLength());
  if (wanted > held) {
    throw Napi::RangeError::New(info.Env(), "The length is more than the view has.");
  }
  return {array.Data(), wanted};
}

int32_t int_of(const Info &info, size_t i) { return info[i].As<Number>().Int32Value(); }
double double_of(const Info &info, size_t i) { return info[i].As<Number>().DoubleValue(); }

void Noop(const Info &) { ffib_noop(); }

Value I32Args1(const Info &info) {
  return Number::New(info.Env(), ffib_i32_args_1(int_of(info, 0)));
}

Value I32Args2(const Info &info) {
  return Number::New(info.Env(), ffib_i32_args_2(int_of(info, 0), int_of(info, 1)));
}

Value F64Args2(const Info &info) {
  return Number::New(info.Env(), ffib_f64_args_2(double_of(info, 0), double_of(info, 1)));
}

template <uint32_t (*kernel)(const uint8_t *, uint32_t)>
Value OfBytes(const Info &info) {
  Bytes bytes = bytes_of(info);
  return Number::New(info.Env(), kernel(bytes.data, bytes.length));
}

template <uint32_t (*kernel)(uint8_t *, uint32_t)>
Value IntoBytes(const Info &info) {
  Bytes bytes = bytes_of(info);
  return Number::New(info.Env(), kernel(bytes.data, bytes.length));
}

void BufferFill(const Info &info) {
  Bytes bytes = bytes_of(info);
  ffib_buffer_fill(bytes.data, bytes.length, static_cast<uint8_t>(int_of(info, 2)));
}

Value BufferSum(const Info &info) {
  Napi::Float64Array array = info[0].As<Napi::Float64Array>();
  uint32_t count = info[1].As<Number>().Uint32Value();
  if (count > array.ElementLength()) {
    throw Napi::RangeError::New(info.Env(), "The length is more than the array has.");
  }
  return Number::New(info.Env(), ffib_buffer_sum(array.Data(), count));
}

// A text as std::string, which is how the package's documentation has it, or bytes that end in 0.
template <uint32_t (*kernel)(const char *)>
Value OfText(const Info &info) {
  if (info[0].IsNull()) return Number::New(info.Env(), kernel(nullptr));
  if (info[0].IsTypedArray()) {
    uint8_t *bytes = info[0].As<Napi::Uint8Array>().Data();
    return Number::New(info.Env(), kernel(reinterpret_cast<const char *>(bytes)));
  }
  std::string text = info[0].As<Napi::String>().Utf8Value();
  return Number::New(info.Env(), kernel(text.c_str()));
}

Value StringGet(const Info &info) { return Napi::String::New(info.Env(), ffib_string_get()); }
Value Calls(const Info &info) { return Number::New(info.Env(), ffib_calls()); }
Value Throughput(const Info &info) { return Number::New(info.Env(), ffib_throughput()); }

Value SpinChain(const Info &info) {
  return Number::New(info.Env(), ffib_spin_chain(info[0].As<Number>().Uint32Value()));
}

template <typename Function>
void Set(Env env, Napi::Object exports, const char *name, Function function) {
  exports.Set(name, Napi::Function::New(env, function, name));
}

Napi::Object Init(Env env, Napi::Object exports) {
  Set(env, exports, "ffib_noop", Noop);
  Set(env, exports, "ffib_i32_args_1", I32Args1);
  Set(env, exports, "ffib_i32_args_2", I32Args2);
  Set(env, exports, "ffib_f64_args_2", F64Args2);
  Set(env, exports, "ffib_buffer_touch", OfBytes<ffib_buffer_touch>);
  Set(env, exports, "ffib_buffer_sum", BufferSum);
  Set(env, exports, "ffib_buffer_fill", BufferFill);
  Set(env, exports, "ffib_string_sum", OfBytes<ffib_string_sum>);
  Set(env, exports, "ffib_string_sum_z", OfText<ffib_string_sum_z>);
  Set(env, exports, "ffib_string_ignore", OfBytes<ffib_string_ignore>);
  Set(env, exports, "ffib_string_ignore_z", OfText<ffib_string_ignore_z>);
  Set(env, exports, "ffib_string_prepare", OfBytes<ffib_string_prepare>);
  Set(env, exports, "ffib_string_get", StringGet);
  Set(env, exports, "ffib_string_copy", IntoBytes<ffib_string_copy>);
  Set(env, exports, "ffib_calls", Calls);
  Set(env, exports, "ffib_manifest", IntoBytes<ffib_manifest>);
  Set(env, exports, "ffib_spin_chain", SpinChain);
  Set(env, exports, "ffib_throughput", Throughput);
  return exports;
}

}  // namespace

NODE_API_MODULE(ffibench_cpp, Init)

//! The part of Node-API that the addon uses. The functions are undefined symbols of the addon and
//! come from whichever runtime loads it. Source: the reference of Node-API, version 8.

pub const Env = *opaque {};
pub const Value = ?*opaque {};
pub const CallbackInfo = *opaque {};
pub const Deferred = *opaque {};
pub const HandleScope = *opaque {};
pub const AsyncWork = *opaque {};
pub const ThreadsafeFunction = *opaque {};

pub const Callback = *const fn (Env, CallbackInfo) callconv(.c) Value;
pub const Execute = *const fn (Env, ?*anyopaque) callconv(.c) void;
pub const Complete = *const fn (Env, Status, ?*anyopaque) callconv(.c) void;
/// The environment is null when the runtime is going down.
pub const CallJs = *const fn (?Env, Value, ?*anyopaque, ?*anyopaque) callconv(.c) void;

pub const Status = enum(c_int) {
    ok,
    invalid_arg,
    object_expected,
    string_expected,
    name_expected,
    function_expected,
    number_expected,
    boolean_expected,
    array_expected,
    generic_failure,
    pending_exception,
    cancelled,
    _,
};

pub const ValueType = enum(c_int) {
    undefined,
    null,
    boolean,
    number,
    string,
    symbol,
    object,
    function,
    external,
    bigint,
    _,
};

pub const ArrayType = enum(c_int) {
    i8,
    u8,
    u8_clamped,
    i16,
    u16,
    i32,
    u32,
    f32,
    f64,
    i64,
    u64,
    _,
};

pub const QueueMode = enum(c_int) { nonblocking, blocking };
pub const ReleaseMode = enum(c_int) { release, abort };

/// As the length of a text: it ends at its zero byte.
pub const auto_length = @import("std").math.maxInt(usize);

pub extern fn napi_throw_type_error(Env, ?[*:0]const u8, [*:0]const u8) Status;
pub extern fn napi_throw_range_error(Env, ?[*:0]const u8, [*:0]const u8) Status;
pub extern fn napi_throw_error(Env, ?[*:0]const u8, [*:0]const u8) Status;

pub extern fn napi_get_cb_info(
    Env,
    CallbackInfo,
    ?*usize,
    ?[*]Value,
    ?*Value,
    ?*?*anyopaque,
) Status;
pub extern fn napi_typeof(Env, Value, *ValueType) Status;
pub extern fn napi_get_value_double(Env, Value, *f64) Status;
pub extern fn napi_get_value_bool(Env, Value, *bool) Status;
pub extern fn napi_get_value_bigint_int64(Env, Value, *i64, *bool) Status;
pub extern fn napi_get_value_bigint_uint64(Env, Value, *u64, *bool) Status;
pub extern fn napi_get_value_string_utf8(Env, Value, ?[*]u8, usize, ?*usize) Status;
pub extern fn napi_get_typedarray_info(
    Env,
    Value,
    ?*ArrayType,
    ?*usize,
    ?*?*anyopaque,
    ?*Value,
    ?*usize,
) Status;
pub extern fn napi_get_dataview_info(
    Env,
    Value,
    ?*usize,
    ?*?*anyopaque,
    ?*Value,
    ?*usize,
) Status;
pub extern fn napi_get_arraybuffer_info(Env, Value, ?*?*anyopaque, ?*usize) Status;

pub extern fn napi_get_undefined(Env, *Value) Status;
pub extern fn napi_get_null(Env, *Value) Status;
pub extern fn napi_get_boolean(Env, bool, *Value) Status;
pub extern fn napi_create_double(Env, f64, *Value) Status;
pub extern fn napi_create_int32(Env, i32, *Value) Status;
pub extern fn napi_create_uint32(Env, u32, *Value) Status;
pub extern fn napi_create_bigint_int64(Env, i64, *Value) Status;
pub extern fn napi_create_bigint_uint64(Env, u64, *Value) Status;
pub extern fn napi_create_string_utf8(Env, [*]const u8, usize, *Value) Status;
pub extern fn napi_create_object(Env, *Value) Status;
pub extern fn napi_create_function(
    Env,
    ?[*]const u8,
    usize,
    Callback,
    ?*anyopaque,
    *Value,
) Status;
pub extern fn napi_create_external_arraybuffer(
    Env,
    ?*anyopaque,
    usize,
    ?*const fn (Env, ?*anyopaque, ?*anyopaque) callconv(.c) void,
    ?*anyopaque,
    *Value,
) Status;

pub extern fn napi_get_named_property(Env, Value, [*:0]const u8, *Value) Status;
pub extern fn napi_set_named_property(Env, Value, [*:0]const u8, Value) Status;
pub extern fn napi_set_property(Env, Value, Value, Value) Status;
pub extern fn napi_get_element(Env, Value, u32, *Value) Status;
pub extern fn napi_create_array_with_length(Env, usize, *Value) Status;
pub extern fn napi_set_element(Env, Value, u32, Value) Status;
pub extern fn napi_get_array_length(Env, Value, *u32) Status;

pub extern fn napi_call_function(Env, Value, Value, usize, ?[*]const Value, ?*Value) Status;
pub extern fn napi_is_exception_pending(Env, *bool) Status;
pub extern fn napi_open_handle_scope(Env, *?HandleScope) Status;
pub extern fn napi_close_handle_scope(Env, ?HandleScope) Status;

pub extern fn napi_create_promise(Env, *?Deferred, *Value) Status;
pub extern fn napi_resolve_deferred(Env, Deferred, Value) Status;
pub extern fn napi_create_async_work(
    Env,
    Value,
    Value,
    Execute,
    Complete,
    ?*anyopaque,
    *?AsyncWork,
) Status;
pub extern fn napi_queue_async_work(Env, AsyncWork) Status;
pub extern fn napi_delete_async_work(Env, AsyncWork) Status;

pub extern fn napi_create_threadsafe_function(
    Env,
    Value,
    Value,
    Value,
    usize,
    usize,
    ?*anyopaque,
    ?*const fn (Env, ?*anyopaque, ?*anyopaque) callconv(.c) void,
    ?*anyopaque,
    CallJs,
    *?ThreadsafeFunction,
) Status;
pub extern fn napi_call_threadsafe_function(
    ThreadsafeFunction,
    ?*anyopaque,
    QueueMode,
) Status;
pub extern fn napi_release_threadsafe_function(ThreadsafeFunction, ReleaseMode) Status;

//! What the generated functions pass and give beside napi-rs's own types, and what the addon does
//! that no function of the library does: objects, views, addresses.
use napi::bindgen_prelude::*;
use napi::sys;
use napi_derive::napi;
use std::ffi::{c_char, c_void, CStr, CString};
use std::ptr;

/// Greatest whole number up to which a Number holds every one.
const SAFE: f64 = 9007199254740991.0;

/// An address: a Number in JavaScript, a BigInt where no Number holds it, and null for 0.
#[derive(Clone, Copy, Default)]
pub struct Address(pub usize);

impl FromNapiValue for Address {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        let mut number = 0.0;
        if unsafe { sys::napi_get_value_double(env, value, &mut number) } == sys::Status::napi_ok {
            if (0.0..=SAFE).contains(&number) && number.fract() == 0.0 {
                return Ok(Address(number as usize));
            }
            return Err(Error::from_reason("A Number that is an address is whole and safe."));
        }
        let Some(wide) = (unsafe { Option::<BigInt>::from_napi_value(env, value) })? else {
            return Ok(Address(0));
        };
        let (negative, bits, lossless) = wide.get_u64();
        if negative || !lossless {
            return Err(Error::from_reason("An address has 64 bits."));
        }
        Ok(Address(bits as usize))
    }
}

impl ToNapiValue for Address {
    unsafe fn to_napi_value(env: sys::napi_env, Address(bits): Self) -> Result<sys::napi_value> {
        unsafe {
            match bits {
                0 => Null::to_napi_value(env, Null),
                _ if bits as f64 <= SAFE => f64::to_napi_value(env, bits as f64),
                _ => u64::to_napi_value(env, bits as u64),
            }
        }
    }
}

impl TypeName for Address {
    fn type_name() -> &'static str {
        "Address"
    }
    fn value_type() -> ValueType {
        ValueType::Number
    }
}

/// A C string: a copy of a text, bytes that end in zero, or null.
pub enum Text<'a> {
    Copied(CString),
    Bytes(&'a [u8]),
    Null,
}

impl FromNapiValue for Text<'_> {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        unsafe {
            if let Ok(text) = String::from_napi_value(env, value) {
                return Ok(Text::Copied(CString::new(text)?));
            }
            let bytes = Option::<&[u8]>::from_napi_value(env, value)?;
            Ok(bytes.map_or(Text::Null, Text::Bytes))
        }
    }
}

impl Text<'_> {
    pub fn start(&self) -> *const c_char {
        match self {
            Text::Copied(text) => text.as_ptr(),
            Text::Bytes(bytes) => bytes.as_ptr().cast(),
            Text::Null => ptr::null(),
        }
    }
}

/// What C answered as a C string; null is null.
pub fn text_of(answer: *const c_char) -> Option<&'static str> {
    if answer.is_null() {
        return None;
    }
    unsafe { CStr::from_ptr(answer) }.to_str().ok()
}

/// A length is at most that of the view that goes before it.
pub fn fits<T>(view: &[T], count: u32) -> Result<u32> {
    if count as usize > view.len() {
        return Err(Error::new(Status::InvalidArg, "The length is more than the view has."));
    }
    Ok(count)
}

#[napi(js_name = "addressOf")]
pub fn address_of(bytes: &[u8]) -> Address {
    Address(bytes.as_ptr() as usize)
}

#[napi(js_name = "textAt")]
pub fn text_at(address: Address) -> Option<&'static str> {
    text_of(address.0 as *const c_char)
}

/// Numbers in native memory, which outlives them.
#[napi(js_name = "numbersAt")]
pub fn numbers_at(address: Address, count: u32) -> Float64Array {
    unsafe { Float64Array::with_external_data(address.0 as *mut f64, count as usize, |_, _| {}) }
}

/// The C function without arguments and result at an address.
#[napi(js_name = "functionAt")]
pub fn function_at(env: &Env, address: Address) -> Result<Function<'_, (), ()>> {
    let function: extern "C" fn() = unsafe { std::mem::transmute(address.0 as *const c_void) };
    env.create_function_from_closure("functionAt", move |_| {
        function();
        Ok(())
    })
}

/// A record as it lies in native memory.
#[repr(C)]
struct NativeRecord {
    id: u32,
    x: f64,
    y: f64,
    name: *const c_char,
}

#[napi(object, object_from_js = false)]
pub struct Record {
    pub id: u32,
    pub x: f64,
    pub y: f64,
    pub name: &'static str,
}

#[napi(js_name = "recordsAt")]
pub fn records_at(address: Address, count: u32) -> Vec<Record> {
    if address.0 == 0 {
        return Vec::new();
    }
    let native =
        unsafe { std::slice::from_raw_parts(address.0 as *const NativeRecord, count as usize) };
    let record = |one: &NativeRecord| Record {
        id: one.id,
        x: one.x,
        y: one.y,
        name: text_of(one.name).unwrap_or_default(),
    };
    native.iter().map(record).collect()
}

/// A node as it lies in native memory.
#[repr(C)]
struct NativeNode {
    value: f64,
    left: *const NativeNode,
    right: *const NativeNode,
}

#[napi(object, object_from_js = false)]
pub struct Node {
    pub value: f64,
    pub left: Branch,
    pub right: Branch,
}

/// napi-rs knows no `Box`, and leaves a property out that is `None`.
pub struct Branch(Option<Box<Node>>);

impl ToNapiValue for Branch {
    unsafe fn to_napi_value(env: sys::napi_env, Branch(node): Self) -> Result<sys::napi_value> {
        unsafe {
            match node {
                Some(node) => Node::to_napi_value(env, *node),
                None => Null::to_napi_value(env, Null),
            }
        }
    }
}

#[napi(js_name = "treeAt")]
pub fn tree_at(address: Address) -> Option<Node> {
    node_at(address.0 as *const NativeNode)
}

fn node_at(address: *const NativeNode) -> Option<Node> {
    let node = unsafe { address.as_ref() }?;
    Some(Node {
        value: node.value,
        left: Branch(node_at(node.left).map(Box::new)),
        right: Branch(node_at(node.right).map(Box::new)),
    })
}

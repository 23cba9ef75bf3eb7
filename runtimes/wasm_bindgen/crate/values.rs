//! What the generated functions share, and what the module does that no function of the library
//! does: objects, texts at an address, calls of one.
use js_sys::{Array, Object, Reflect};
use std::ffi::{c_char, CStr};
use wasm_bindgen::prelude::*;

/// A length is at most that of the view that goes before it.
pub fn fits<T>(view: &[T], count: u32) -> Result<u32, JsError> {
    if count as usize > view.len() {
        return Err(JsError::new("The length is more than the view has."));
    }
    Ok(count)
}

/// What C answered as a C string; null is undefined.
pub fn text_of(answer: *const c_char) -> Option<String> {
    if answer.is_null() {
        return None;
    }
    unsafe { CStr::from_ptr(answer) }.to_str().ok().map(str::to_owned)
}

#[wasm_bindgen(js_name = textAt)]
pub fn text_at(address: usize) -> Option<String> {
    text_of(address as *const c_char)
}

#[wasm_bindgen(js_name = memoryOf)]
pub fn memory_of() -> JsValue {
    wasm_bindgen::memory()
}

/// Calls the function without arguments and result at a place in the table.
#[wasm_bindgen(js_name = callAt)]
pub fn call_at(place: usize) {
    let function: extern "C" fn() = unsafe { std::mem::transmute(place) };
    function();
}

/// A record as it lies in the module's memory.
#[repr(C)]
struct Record {
    id: u32,
    x: f64,
    y: f64,
    name: *const c_char,
}

/// A node as it lies in the module's memory.
#[repr(C)]
struct Node {
    value: f64,
    left: *const Node,
    right: *const Node,
}

#[wasm_bindgen(js_name = recordsAt)]
pub fn records_at(address: usize, count: u32) -> Result<Array, JsValue> {
    let array = Array::new_with_length(count);
    let keys = ["id", "x", "y", "name"].map(JsValue::from_str);
    for i in 0..count {
        let record = unsafe { &*(address as *const Record).add(i as usize) };
        let values: [JsValue; 4] = [
            record.id.into(),
            record.x.into(),
            record.y.into(),
            text_of(record.name).into(),
        ];
        array.set(i, object_of(&keys, &values)?.into());
    }
    Ok(array)
}

#[wasm_bindgen(js_name = treeAt)]
pub fn tree_at(address: usize) -> Result<JsValue, JsValue> {
    let keys = ["value", "left", "right"].map(JsValue::from_str);
    node_at(&keys, address as *const Node)
}

fn node_at(keys: &[JsValue], address: *const Node) -> Result<JsValue, JsValue> {
    let Some(node) = (unsafe { address.as_ref() }) else {
        return Ok(JsValue::NULL);
    };
    let (left, right) = (node_at(keys, node.left)?, node_at(keys, node.right)?);
    Ok(object_of(keys, &[node.value.into(), left, right])?.into())
}

fn object_of(keys: &[JsValue], values: &[JsValue]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (key, value) in keys.iter().zip(values) {
        Reflect::set(&object, key, value)?;
    }
    Ok(object)
}

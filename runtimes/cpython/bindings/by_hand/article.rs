//! The article's functions in Rust: code of the extension itself.
use pyo3::prelude::*;
use pyo3::types::PyList;

#[pyfunction]
fn do_nothing() {}

#[pyfunction]
fn sum_list(values: &Bound<'_, PyList>) -> PyResult<f64> {
    let mut total = 0.0;
    for value in values.iter() {
        total += value.extract::<f64>()?;
    }
    Ok(total)
}

#[pyfunction]
fn sum_range(n: i64) -> i64 {
    let mut total = 0;
    for i in 0..n {
        total += i;
    }
    total
}

pub fn add(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(do_nothing, m)?)?;
    m.add_function(wrap_pyfunction!(sum_list, m)?)?;
    m.add_function(wrap_pyfunction!(sum_range, m)?)?;
    Ok(())
}

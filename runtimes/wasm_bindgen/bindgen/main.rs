//! Does to a module what wasm-bindgen's own command line does by `--target nodejs`: `ffib_bindgen
//! MODULE FOLDER` writes the module and the script around it.
fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.nodejs(true).expect("no other target is set").typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.input_path(&given[0]).out_name("ffibench_bindgen");
    if let Err(error) = bindgen.generate(&given[1]) {
        eprintln!("{error:#}");
        std::process::exit(1);
    }
}

//! Shows what intake makes of inputs: `cargo run -p onrecord-intake --example passages -- FILE...`, a line for each
//! passage, its role before it; notes and errors too.

#![allow(clippy::print_stdout)]

use onrecord_intake::{SourceHint, documents};

fn main() {
    for name in std::env::args().skip(1) {
        let Ok(file) = std::fs::File::open(&name) else {
            println!("! {name} cannot be opened");
            continue;
        };
        for item in documents(file, SourceHint::new(&name)) {
            match item {
                Ok((d, notes)) => {
                    println!("= {:?}", d.meta());
                    for p in d.passages() {
                        println!(
                            "{:>15} | {}",
                            p.role.name(),
                            p.span.of(d.text()).replace(['\n', '\r'], "⏎")
                        );
                    }
                    for n in notes {
                        println!("{:>15} : {}", n.code, n.text);
                    }
                }
                Err(e) => println!("! {e}"),
            }
        }
    }
}

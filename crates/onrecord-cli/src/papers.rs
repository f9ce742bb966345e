//! The model's papers, for people. Must not know what any field means, besides the model's name and version.

use toml::{Table, Value};

/// The papers as a table; empty where they are not TOML.
pub(crate) fn table() -> Table {
    onrecord::papers().parse().unwrap_or_default()
}

/// The model's name and version in a few words.
pub(crate) fn model_line() -> String {
    line(&table())
}

fn line(papers: &Table) -> String {
    let inner = papers.get("model").and_then(Value::as_table);
    let find = |key: &str| {
        let value = papers.get(key).filter(|v| !v.is_table()).or_else(|| inner.and_then(|m| m.get(key)))?;
        Some(plain(value))
    };
    match (find("name"), find("version")) {
        (Some(name), Some(version)) => format!("model {name} {version}"),
        (Some(name), None) => format!("model {name}"),
        _ => "model without a name".to_owned(),
    }
}

/// The papers as an indented page.
pub(crate) fn page(papers: &Table) -> String {
    let mut out = String::new();
    table_lines(&mut out, papers, 0);
    out
}

fn table_lines(out: &mut String, table: &Table, depth: usize) {
    let indent = "  ".repeat(depth);
    let is_tables = |v: &Value| {
        v.is_table() || v.as_array().is_some_and(|a| !a.is_empty() && a.iter().all(Value::is_table))
    };
    // what is left empty is not shown
    let said: Vec<(&String, String)> = table
        .iter()
        .filter(|(_, v)| !is_tables(v))
        .map(|(key, v)| (key, plain(v)))
        .filter(|(_, v)| !v.trim().is_empty())
        .collect();
    let widest = said.iter().map(|(key, _)| key.chars().count()).max().unwrap_or(0);
    for (key, value) in said {
        let value = value.trim_end().replace('\n', &format!("\n{indent}{:widest$}  ", ""));
        out.push_str(&format!("{indent}{key:widest$}  {value}\n"));
    }
    for (key, value) in table.iter().filter(|(_, v)| is_tables(v)) {
        let tables: Vec<&Table> = match value {
            Value::Table(t) => vec![t],
            Value::Array(a) => a.iter().filter_map(Value::as_table).collect(),
            _ => vec![],
        };
        for inner in tables {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!("{indent}{key}\n"));
            table_lines(out, inner, depth + 1);
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Array(a) => a.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_version_stand_at_the_top_or_under_model() {
        assert_eq!(line(&"name = \"a\"\nversion = \"1\"".parse().unwrap()), "model a 1");
        assert_eq!(line(&"[model]\nname = \"a\"\nversion = 2".parse().unwrap()), "model a 2");
        assert_eq!(line(&"model = \"x\"\nname = \"a\"".parse().unwrap()), "model a");
        assert_eq!(line(&Table::new()), "model without a name");
    }

    #[test]
    fn page_of_papers() {
        let papers = "name = \"a\"\nwhere_it_was_made = \"\"\nlabels = [\"x\", \"y\"]\n[scores]\nf1 = 0.5\n[[data]]\nname = \"d\"\n[[data]]\nname = \"e\"";
        assert_eq!(
            page(&papers.parse().unwrap()),
            "name    a\nlabels  x, y\n\nscores\n  f1  0.5\n\ndata\n  name  d\n\ndata\n  name  e\n"
        );
    }
}

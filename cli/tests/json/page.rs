//! Writes `docs/json.md`: the schemas as tables.

use std::fmt::Write;
use std::fs;

use serde_json::Value;

use crate::schema::resolved;
use crate::{check_file, docs, schemas};

/// Fields of every document, which are described once.
const EVERYWHERE: [&str; 2] = ["schema", "warnings"];

const BEGIN: &str = "<!-- BEGIN: cargo test -p synfire --test json -->\n";
const END: &str = "<!-- END -->\n";

/// The type in words.
fn kind(root: &Value, schema: &Value) -> String {
    let schema = resolved(root, schema);
    for key in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[key].as_array() {
            let all: Vec<String> = choices.iter().map(|it| kind(root, it)).collect();
            return all.join(" or ");
        }
    }
    if let Some(word) = schema["const"].as_str() {
        return format!("`{word}`");
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> = words.iter().map(|it| format!("`{it}`")).collect();
        return words.join(" or ").replace('"', "");
    }
    let one = |name: &str| match name {
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        "array" => match schema["prefixItems"].as_array() {
            Some(items) => format!("list of {} {}s", items.len(), kind(root, &items[0])),
            None => format!("list of {}", kind(root, &schema["items"])),
        },
        other => other.to_owned(),
    };
    match &schema["type"] {
        Value::String(name) => one(name),
        Value::Array(names) => {
            let names = names.iter().filter_map(Value::as_str).map(one);
            names.collect::<Vec<_>>().join(" or ")
        }
        _ => "any".to_owned(),
    }
}

/// The object type of a field, directly or in lists, and the prefix of its fields' names.
fn object<'s>(root: &'s Value, schema: &'s Value, name: &str) -> Option<(&'s Value, String)> {
    let schema = resolved(root, schema);
    let choices = schema["anyOf"].as_array().into_iter().flatten();
    let objects = choices.filter_map(|it| object(root, it, name)).next();
    if let Some(found) = objects {
        return Some(found);
    }
    if schema["properties"].is_object() {
        return Some((schema, format!("{name}.")));
    }
    let items = &schema["items"];
    (!items.is_null()).then(|| object(root, items, &format!("{name}[]")))?
}

/// Writes one row per field; the fields of an object follow it.
fn rows(root: &Value, schema: &Value, before: &str, out: &mut String) {
    let required = |name: &str| {
        let all = schema["required"].as_array().into_iter().flatten();
        all.into_iter().any(|it| it == name)
    };
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        if before.is_empty() && EVERYWHERE.contains(&name.as_str()) {
            continue;
        }
        let own = field["description"].as_str();
        let what = own.or_else(|| resolved(root, field)["description"].as_str());
        let what = what.unwrap_or_else(|| panic!("{before}{name} is not described"));
        let what = what.replace('\n', " ").replace('|', "\\|");
        let what = what.trim_end_matches('.');
        let kind = kind(root, field);
        let absent = if required(name) { "" } else { ", or absent" };
        writeln!(out, "| `{before}{name}` | {kind}{absent} | {what} |").unwrap();
        if let Some((object, before)) = object(root, field, &format!("{before}{name}")) {
            rows(root, object, &before, out);
        }
    }
}

#[test]
fn the_page_tells_of_every_field() {
    let mut tables = String::new();
    for (name, schema) in schemas() {
        let words = name.strip_prefix("synfire.").unwrap();
        let (words, _) = words.split_once('/').unwrap();
        let title = match words {
            "error" => "Errors".to_owned(),
            words => format!("synfire {}", words.replace('.', " ")),
        };
        let file = format!("schema/{}.json", name["synfire.".len()..].replace('/', "-"));
        writeln!(tables, "\n### {title}\n\n[`{name}`]({file})\n").unwrap();
        writeln!(tables, "| field | type | what |\n|---|---|---|").unwrap();
        rows(&schema, &schema, "", &mut tables);
    }
    let path = docs().join("json.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    check_file(&path, &format!("{before}{BEGIN}{tables}\n{END}{after}"));
}

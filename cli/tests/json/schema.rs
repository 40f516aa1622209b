//! Checks that a document has exactly the fields of its schema.
//!
//! The published schemas allow additional fields, for later versions. This check does not: a field
//! that the schema does not list is missing in the documentation.

use serde_json::{Map, Value};

/// The differences between a value and its schema, with places such as `parts[].name`.
pub(crate) fn differences(value: &Value, schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Check { root: schema }.value("", value, schema, &mut found);
    found
}

/// The schema that a reference points to, or the schema itself.
pub(crate) fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    match schema["$ref"].as_str() {
        Some(place) => root.pointer(place.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

struct Check<'s> {
    root: &'s Value,
}

impl Check<'_> {
    fn value(&self, at: &str, value: &Value, schema: &Value, found: &mut Vec<String>) {
        let schema = resolved(self.root, schema);
        for key in ["anyOf", "oneOf"] {
            if let Some(choices) = schema[key].as_array() {
                let fits = |choice: &Value| {
                    let mut found = Vec::new();
                    self.value(at, value, choice, &mut found);
                    found.is_empty()
                };
                if !choices.iter().any(fits) {
                    found.push(format!("{at}: {value} is none of its choices"));
                }
                return;
            }
        }
        if !has_type(value, &schema["type"]) {
            found.push(format!("{at}: {value} is no {}", schema["type"]));
            return;
        }
        let wanted = &schema["const"];
        if !wanted.is_null() && wanted != value {
            found.push(format!("{at}: {value} is not {wanted}"));
        }
        if let Some(words) = schema["enum"].as_array()
            && !words.contains(value)
        {
            found.push(format!("{at}: {value} is none of {words:?}"));
        }
        match value {
            Value::Object(fields) => self.fields(at, fields, schema, found),
            Value::Array(items) => {
                let fixed = schema["prefixItems"].as_array();
                for (index, item) in items.iter().enumerate() {
                    let own = fixed.and_then(|fixed| fixed.get(index));
                    let own = own.unwrap_or(&schema["items"]);
                    self.value(&format!("{at}[]"), item, own, found);
                }
            }
            _ => {}
        }
    }

    fn fields(
        &self,
        at: &str,
        fields: &Map<String, Value>,
        schema: &Value,
        found: &mut Vec<String>,
    ) {
        let Some(known) = schema["properties"].as_object() else {
            // The names of its fields come from the user.
            return;
        };
        for (name, value) in fields {
            match known.get(name) {
                Some(schema) => self.value(&format!("{at}.{name}"), value, schema, found),
                None => found.push(format!("{at}.{name}: unknown")),
            }
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            let name = name.as_str().unwrap();
            if !fields.contains_key(name) {
                found.push(format!("{at}.{name}: missing"));
            }
        }
    }
}

fn has_type(value: &Value, types: &Value) -> bool {
    let is = |name: &Value| match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    };
    match types {
        Value::Null => true,
        Value::Array(types) => types.iter().any(is),
        one => is(one),
    }
}

#[test]
fn what_differs_is_found() {
    let schema = serde_json::json!({
        "type": "object",
        "required": ["a"],
        "properties": {
            "a": {"type": "integer"},
            "b": {"type": ["array", "null"], "items": {"$ref": "#/$defs/B"}},
        },
        "$defs": {"B": {"type": "object", "properties": {"c": {"const": "x"}}}},
    });
    let found = |text: &str| differences(&serde_json::from_str(text).unwrap(), &schema);
    assert!(found(r#"{"a": 1, "b": [{"c": "x"}]}"#).is_empty());
    assert!(found(r#"{"a": 1, "b": null}"#).is_empty());
    assert_eq!(found("{}"), [".a: missing"]);
    assert_eq!(found(r#"{"a": 1.5}"#), [r#".a: 1.5 is no "integer""#]);
    assert_eq!(found(r#"{"a": 1, "d": 2}"#), [".d: unknown"]);
    let wrong = found(r#"{"a": 1, "b": [{"c": "y", "d": 0}]}"#);
    assert_eq!(wrong, [r#".b[].c: "y" is not "x""#, ".b[].d: unknown"]);
}

//! Derives the JSON Schema of a command's output from its Rust type.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::report::{self, Document, Report};

/// The words of a command with points between them, and what it prints.
pub(crate) type Described = (&'static str, Value);

/// What a command prints that ends with such a report.
pub(crate) fn of<R: Report + 'static>(command: &'static str) -> Described {
    let name = report::schema::<R>(command);
    (command, described::<Document<'static, R>>(&name))
}

/// The schema of a type, under a name that is in its field `schema`.
pub(crate) fn described<T: JsonSchema>(name: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), json!(name));
    schema.remove("description");
    if let Some(field) = schema.pointer_mut("/properties/schema/const") {
        *field = json!(name);
    } else if let Some(Value::Object(field)) = schema.pointer_mut("/properties/schema") {
        field.insert("const".to_owned(), json!(name));
    }
    schema.to_value()
}

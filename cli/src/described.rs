//! Derives the JSON Schema of a command's output from its Rust type.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::report::{self, Document, Report};

/// The words of a command, separated by points, and the schema of its output.
pub(crate) type Described = (&'static str, Value);

/// The schema of a command that prints this report.
pub(crate) fn of<R: Report + 'static>(command: &'static str) -> Described {
    let name = report::schema::<R>(command);
    (command, described::<Document<'static, R>>(&name))
}

/// The schema of a type; `name` is the value of its field `schema`.
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

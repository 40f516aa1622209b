//! Checks that the modules of a crate have no cyclic dependencies.
//!
//! A module and its submodules count as one unit for code outside of it. At every level, the
//! dependencies between neighbouring modules must therefore have no cycle: a name of a neighbouring
//! module that is used in a module, or anywhere inside it, is a dependency. If a `use` further up
//! imports the name, the dependency is on the module from which the name comes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

use super::assert_none;
use crate::project;

/// The path of a module: the names from the root of the crate.
type Place = Vec<String>;

/// The modules of a crate.
#[derive(Default)]
struct Crate {
    /// The paths that each module uses, from the root of the crate.
    named: BTreeMap<Place, Vec<Place>>,
    /// The origin of each name that a module imports by `use`.
    brought: BTreeMap<Place, BTreeMap<String, Place>>,
}

/// Collects the paths of one module that begin in its crate.
struct Paths<'a> {
    module: &'a Place,
    children: &'a BTreeSet<String>,
    named: Vec<Place>,
    brought: BTreeMap<String, Place>,
}

impl Paths<'_> {
    /// The path from the root of the crate, if it begins in the crate.
    fn absolute(&self, path: &[String]) -> Option<Place> {
        let mut base = self.module.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => (base, rest) = (Place::new(), &path[1..]),
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|it| it == "super") {
                    base.pop()?;
                    rest = &rest[1..];
                }
            }
            first if self.children.contains(first) => {}
            _ => return None,
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(it) => self.tree(&with(&it.ident), &it.tree),
            syn::UseTree::Group(it) => it.items.iter().for_each(|item| self.tree(before, item)),
            syn::UseTree::Name(it) if it.ident == "self" => {
                self.bring(before, before.last().cloned().unwrap_or_default());
            }
            syn::UseTree::Name(it) => self.bring(&with(&it.ident), it.ident.to_string()),
            syn::UseTree::Rename(it) => self.bring(&with(&it.ident), it.rename.to_string()),
            syn::UseTree::Glob(_) => self.bring(before, String::new()),
        }
    }

    fn bring(&mut self, path: &[String], name: String) {
        if let Some(place) = self.absolute(path) {
            self.named.push(place.clone());
            self.brought.insert(name, place);
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if item.leading_colon.is_none() {
            self.tree(&[], &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|it| it.ident.to_string());
        let names: Vec<String> = names.collect();
        if names.len() > 1 {
            self.named.extend(self.absolute(&names));
        }
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        // Dependencies of tests do not count. Inline modules are rare, and count as the module of
        // their file.
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    let test = |it: &syn::Attribute| {
        let list = it.meta.require_list().map(|list| list.tokens.to_string());
        it.path().is_ident("cfg") && list.is_ok_and(|list| list == "test")
    };
    attributes.iter().any(test)
}

impl Crate {
    /// Reads a module from `file`, and those that it declares.
    fn read(&mut self, file: &Path, folder: &Path, module: Place) {
        let text = project::read(file).unwrap();
        let parsed = syn::parse_file(&text).unwrap();
        let mut children = BTreeMap::new();
        for item in &parsed.items {
            if let syn::Item::Mod(item) = item
                && item.content.is_none()
                && !is_test(&item.attrs)
            {
                let name = item.ident.to_string();
                let beside = folder.join(format!("{name}.rs"));
                let inside = folder.join(&name).join("mod.rs");
                let found = [beside, inside];
                let found = found.iter().find(|it| project::root().join(it).is_file());
                children.insert(name, found.unwrap().clone());
            }
        }
        let names = children.keys().cloned().collect();
        let mut paths = Paths {
            module: &module,
            children: &names,
            named: Vec::new(),
            brought: BTreeMap::new(),
        };
        paths.visit_file(&parsed);
        let Paths { named, brought, .. } = paths;
        for (name, file) in children {
            let folder = folder.join(&name);
            self.read(&file, &folder, [&module[..], &[name]].concat());
        }
        self.named.insert(module.clone(), named);
        self.brought.insert(module, brought);
    }

    /// The module in which the last name of a path is defined.
    fn home(&self, path: &Place) -> Place {
        let mut path = path.clone();
        // Each step follows an import; the limit ends cyclic imports.
        for _ in 0..8 {
            let known = (0..=path.len()).rev();
            let module = known.map(|end| &path[..end]);
            let module = module.clone().find(|it| self.named.contains_key(*it));
            let module = module.unwrap_or_default().to_vec();
            let Some(name) = path.get(module.len()) else {
                return module;
            };
            let brought = self.brought.get(&module);
            let Some(from) = brought.and_then(|it| it.get(name)) else {
                return module;
            };
            path = [from, &path[module.len() + 1..]].concat();
        }
        path
    }

    /// At each level, the dependencies between neighbouring modules: from, to, and an example.
    fn arrows(&self) -> BTreeMap<(Place, String, String), String> {
        let mut arrows = BTreeMap::new();
        for (from, named) in &self.named {
            for path in named {
                let to = self.home(path);
                let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
                if let (Some(a), Some(b)) = (from.get(common), to.get(common)) {
                    let level = from[..common].to_vec();
                    let example = format!("{} uses {}", from.join("::"), path.join("::"));
                    arrows
                        .entry((level, a.clone(), b.clone()))
                        .or_insert(example);
                }
            }
        }
        arrows
    }

    /// The cycles, each with the dependencies that close it.
    fn circles(&self) -> Vec<String> {
        let arrows = self.arrows();
        let reaches = |level: &Place, from: &String, to: &String| {
            let mut seen = BTreeSet::from([from.clone()]);
            let mut next = vec![from.clone()];
            while let Some(at) = next.pop() {
                let out = arrows.keys().filter(|(l, a, _)| l == level && *a == at);
                for (_, _, b) in out {
                    if seen.insert(b.clone()) {
                        next.push(b.clone());
                    }
                }
            }
            seen.contains(to)
        };
        let closing = arrows
            .iter()
            .filter(|((level, a, b), _)| reaches(level, b, a));
        closing
            .map(|((level, a, b), example)| {
                let level = level.join("::");
                format!("in {level:?}: {a} -> {b} is part of a circle: {example}")
            })
            .collect()
    }
}

/// The roots of all crates: libraries and programs.
fn roots() -> Vec<PathBuf> {
    let files = project::files_with("rs").unwrap();
    let is_root = |file: &PathBuf| {
        let name = file
            .file_name()
            .is_some_and(|it| it == "lib.rs" || it == "main.rs");
        name && file.parent().is_some_and(|it| it.ends_with("src"))
    };
    files.into_iter().filter(is_root).collect()
}

#[test]
fn modules_use_each_other_in_one_direction() {
    let mut problems = Vec::new();
    for root in roots() {
        let mut found = Crate::default();
        let folder = root.parent().unwrap().to_path_buf();
        found.read(&root, &folder, Place::new());
        let krate = root.display().to_string();
        let circles = found.circles().into_iter();
        problems.extend(circles.map(|it| format!("{krate}, {it}")));
    }
    assert_none(&problems);
}

#[test]
fn a_circle_is_found_through_what_a_parent_brings_in() {
    let place = |text: &str| -> Place { text.split("::").map(str::to_owned).collect() };
    let mut made = Crate::default();
    made.named.insert(Place::new(), Vec::new());
    made.brought.insert(
        Place::new(),
        BTreeMap::from([("Thing".to_owned(), place("b::Thing"))]),
    );
    made.named.insert(place("a"), vec![place("Thing")]);
    made.named.insert(place("b"), Vec::new());
    assert_eq!(made.circles().len(), 0);
    made.named.insert(place("b::inner"), vec![place("a::f")]);
    assert_eq!(made.circles().len(), 2);
}

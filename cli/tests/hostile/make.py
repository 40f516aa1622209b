#!/usr/bin/env python3
"""Writes the hostile HDF5 files of this folder: legal HDF5, but no network that a core could use.

    pip install h5py==3.16.0 numpy==2.4.6 && python make.py
"""
import pathlib

import h5py
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent / "files"
TEXT = h5py.string_dtype()


def graph(group, edges):
    group.create_dataset("type", data="NIRGraph", dtype=TEXT)
    group.create_dataset("edges", data=np.array(edges, dtype=object), dtype=TEXT)
    return group.create_group("nodes")


def end(nodes, name, kind, size=1):
    node = nodes.create_group(name)
    node.create_dataset("type", data=kind, dtype=TEXT)
    node.create_dataset("shape", data=np.array([size]))


def file(name):
    made = h5py.File(HERE / name, "w", libver="earliest")
    made.create_dataset("version", data="1.0", dtype=TEXT)
    return made


def cyclic():
    """A graph among its own nodes."""
    with file("cyclic.nir") as f:
        node = f.create_group("node")
        nodes = graph(node, [("input", "self"), ("self", "output")])
        end(nodes, "input", "Input")
        end(nodes, "output", "Output")
        nodes["self"] = node


def soft():
    """A link to itself, and one to another file."""
    with file("links.nir") as f:
        nodes = graph(f.create_group("node"), [("a", "b")])
        nodes["a"] = h5py.SoftLink("/node/nodes/a")
        nodes["b"] = h5py.ExternalLink("/etc/passwd", "/")


def deep():
    """Graphs in graphs, twenty of them."""
    with file("deep.nir") as f:
        group = f.create_group("node")
        for _ in range(20):
            nodes = graph(group, [("g", "g")])
            group = nodes.create_group("g")
        graph(group, [])


def bomb():
    """As many weights as are read at all, in a few kilobytes."""
    with file("bomb.nir") as f:
        nodes = graph(f.create_group("node"), [("input", "w"), ("w", "output")])
        end(nodes, "input", "Input", 2000)
        end(nodes, "output", "Output", 4096)
        node = nodes.create_group("w")
        node.create_dataset("type", data="Linear", dtype=TEXT)
        node.create_dataset("weight", data=np.ones((4096, 2000), np.float32),
                            chunks=(4096, 2000), compression="gzip", compression_opts=9)


def huge():
    """A data set with more elements than there is memory, none of them written."""
    with file("huge.nir") as f:
        nodes = graph(f.create_group("node"), [("input", "w"), ("w", "output")])
        end(nodes, "input", "Input")
        end(nodes, "output", "Output")
        node = nodes.create_group("w")
        node.create_dataset("type", data="Linear", dtype=TEXT)
        node.create_dataset("weight", shape=(1 << 20, 1 << 20), dtype="f8", chunks=(1 << 10, 1 << 10))


def types():
    """Texts where numbers belong, and a number where a text does."""
    with file("types.nir") as f:
        nodes = graph(f.create_group("node"), [("input", "n"), ("n", "output")])
        end(nodes, "input", "Input")
        end(nodes, "output", "Output")
        node = nodes.create_group("n")
        node.create_dataset("type", data=7)
        node.create_dataset("tau", data="ten", dtype=TEXT)


def crowded():
    """A node under many names, among whose parts one data set has many names."""
    with file("crowded.nir") as f:
        nodes = graph(f.create_group("node"), [])
        node = nodes.create_group("n")
        node.create_dataset("type", data="Scale", dtype=TEXT)
        node.create_dataset("scale", data=1.0)
        for k in range(200):
            node[f"d{k}"] = node["scale"]
        for k in range(400):
            nodes[f"n{k}"] = node


def chunks():
    """A number in a chunk of four million, under four names."""
    with file("chunks.nir") as f:
        nodes = graph(f.create_group("node"), [])
        node = nodes.create_group("n")
        node.create_dataset("type", data="Scale", dtype=TEXT)
        node.create_dataset("scale", data=np.ones(1, np.int8), maxshape=(None,),
                            chunks=(1 << 22,), compression="gzip", compression_opts=9)
        for k in range(4):
            nodes[f"n{k}"] = node


def edges():
    """Graphs under many names, each with the same long list of edges."""
    with file("edges.nir") as f:
        nodes = graph(f.create_group("node"), [])
        inner = nodes.create_group("g")
        own = graph(inner, [("a", "b")] * 1500)
        end(own, "a", "Input")
        end(own, "b", "Output")
        for k in range(40):
            nodes[f"g{k}"] = inner


def name():
    """A name that would stand in those of all nodes below it."""
    with file("name.nir") as f:
        nodes = graph(f.create_group("node"), [])
        end(nodes, "n" * 300, "Input")


def dimensions():
    """A shape of many dimensions of one."""
    with file("dimensions.nir") as f:
        nodes = graph(f.create_group("node"), [])
        node = nodes.create_group("input")
        node.create_dataset("type", data="Input", dtype=TEXT)
        node.create_dataset("shape", data=np.ones(100, np.int64))


def sonata():
    """A population in itself, and times without end."""
    with h5py.File(HERE / "endless.h5", "w", libver="earliest") as f:
        spikes = f.create_group("spikes")
        spikes["all"] = spikes
        spikes.create_dataset("timestamps", shape=(1 << 40,), dtype="f8", chunks=(1 << 20,))
        spikes.create_dataset("node_ids", shape=(1 << 40,), dtype="u8", chunks=(1 << 20,))


if __name__ == "__main__":
    for make in (cyclic, soft, deep, bomb, huge, types, crowded, chunks, edges, name, dimensions,
                 sonata):
        make()

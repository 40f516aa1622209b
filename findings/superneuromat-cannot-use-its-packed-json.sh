#!/usr/bin/env bash
# SuperNeuroMAT writes packed JSON that SuperNeuroMAT cannot use.
#
# Version:   superneuromat 3.5.0, with numpy 2.2.6 and scipy 1.15.3.
# Behaviour: to_json and saveas_json take array_representation="base85" or "base64". What they write is
#            refused by from_jsons with a TypeError: the spike train comes back as a scalar. If that is
#            left out by skipkeys, the file is read, but the ids of neurons come back as floats, and
#            simulate raises an IndexError. The same network as "json-native", the default, is read
#            and runs.
# Good guess: that all three representations, which the documentation offers side by side, hold the
#            same network and can be read again.
# Why it matters: packed files are what large networks are kept in, and they show no error until they
#            are needed. The arrays in them are whole, so another program can read them.
#
# Output seen:
#   json-native: 2 spikes
#   json-native, without the spike train: 0 spikes
#   base85: TypeError while it is read
#   base85, without the spike train: IndexError while it runs, ids of type float
#   base64: TypeError while it is read
#   base64, without the spike train: IndexError while it runs, ids of type float
#
# Needs Python 3.10 or later with venv and pip. Fails if any of this changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    superneuromat==3.5.0 numpy==2.2.6 scipy==1.15.3
cat > packed.py <<'END'
from superneuromat import SNN


def outcome(representation, skipped):
    snn = SNN()
    first, second = snn.create_neuron(threshold=0.0), snn.create_neuron(threshold=0.0)
    snn.create_synapse(first, second, weight=1.0, delay=1)
    first.add_spike(0, 1.0)
    text = snn.to_json(array_representation=representation)
    again = SNN()
    try:
        again.from_jsons(text, skipkeys=skipped)
    except Exception as error:
        return f"{type(error).__name__} while it is read"
    if skipped:
        again.input_spikes = {}
    try:
        again.simulate(3)
    except Exception as error:
        kind = type(again.pre_synaptic_neuron_ids[0]).__name__
        return f"{type(error).__name__} while it runs, ids of type {kind}"
    return f"{int(again.ispikes.sum())} spikes"


for representation in ("json-native", "base85", "base64"):
    print(f"{representation}: {outcome(representation, None)}")
    print(f"{representation}, without the spike train: {outcome(representation, ['spike_train'])}")
END
venv/bin/python packed.py > out
cat out
diff - out <<'END' || { echo "changed" >&2; exit 1; }
json-native: 2 spikes
json-native, without the spike train: 0 spikes
base85: TypeError while it is read
base85, without the spike train: IndexError while it runs, ids of type float
base64: TypeError while it is read
base64, without the spike train: IndexError while it runs, ids of type float
END

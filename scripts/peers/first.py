"""The first result of a new process: python3 first.py jax|torch|numpy VARIANT DIR FILE

The process imports the library, computes a variant of single-point once of the inputs in DIR, and saves the result as FILE.
"""
import importlib
import os
import subprocess
import sys

import numpy

from serve import inputs


def _of_single_point(library, folder):
    natural, tuned = library.variants("single-point", inputs(folder))
    # What compiles for long isn't what comes first.
    return natural, {name: make for name, make in tuned.items() if not name.startswith("compiled: ")}


def variants(library, folder):
    """Those of single-point, each call of which is a process."""

    def by(variant):
        name = library.__name__.removesuffix("_peer")
        to = os.path.join(folder, f"first_{name}.npy")
        command = [sys.executable, "-W", "ignore", __file__, name, variant, folder, to]

        def run():
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return numpy.load(to)

        return lambda: run

    return tuple({name: by(name) for name in those} for those in _of_single_point(library, folder))


if __name__ == "__main__":
    peer = importlib.import_module(sys.argv[1] + "_peer")
    first, others = _of_single_point(peer, sys.argv[3])
    numpy.save(sys.argv[4], {**first, **others}[sys.argv[2]]()())

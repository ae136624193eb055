"""Another library as a contender of scripts/bench: python3 serve.py jax|torch|numpy

Answers one line of JSON to each line of JSON on the standard input, until that ends:

  {"do": "open", "workload": W, "inputs": DIR}     the variants of this library, natural ones first
  {"do": "run", "variant": V, "calls": K}          K calls: seconds of each, result dropped within its call's time
  {"do": "save", "variant": V, "rows": [...], "to": DIR}   rows of the results as out0.npy, out1.npy ...
  {"do": "limits"}                                 what the library's matrix product does, GFLOP/s

A variant takes the inputs as the library's own arrays, on a GPU where the library sees one, and returns arrays that
NumPy can read without a copy, but for workloads whose results are kept where they were computed; both conversions are
timed in single-point, where they are part of what a user does.
"""
import importlib
import json
import os
import sys
import time

import numpy


def inputs(folder):
    """The inputs of a workload by name: in_<name>.npy."""
    names = [name for name in os.listdir(folder) if name.startswith("in_") and name.endswith(".npy")]
    return {name[3:-4]: numpy.load(os.path.join(folder, name)) for name in names}


class Session:
    def __init__(self, library):
        self.library = importlib.import_module(library + "_peer")
        self.variants = {}
        self.prepared = {}

    def open(self, request):
        self.prepared = {}
        if request["workload"] == "first-result":
            natural, tuned = importlib.import_module("first").variants(self.library, request["inputs"])
        else:
            natural, tuned = self.library.variants(request["workload"], inputs(request["inputs"]))
        self.variants = {**natural, **tuned}
        return {"natural": list(natural), "tuned": list(tuned), "version": self.library.version()}

    def function(self, name):
        if name not in self.prepared:
            self.prepared[name] = self.variants[name]()
        return self.prepared[name]

    def run(self, request):
        function = self.function(request["variant"])
        seconds = []
        for _ in range(request["calls"]):
            start = time.perf_counter()
            result = function()
            del result
            seconds.append(time.perf_counter() - start)
        return {"seconds": seconds}

    def save(self, request):
        results = self.function(request["variant"])()
        results = results if isinstance(results, tuple) else (results,)
        for i, result in enumerate(results):
            rows = numpy.asarray(self.on_host(result))
            if request["rows"]:
                rows = rows[request["rows"]]
            numpy.save(os.path.join(request["to"], f"out{i}.npy"), numpy.ascontiguousarray(rows))
        return {"outputs": len(results)}

    def on_host(self, result):
        """What a variant left on a device, where NumPy can't read it."""
        return getattr(self.library, "on_host", lambda any: any)(result)

    def limits(self, _):
        return {"gemm": self.library.gemm(1024)}


def main():
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    session = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            session = session or Session(sys.argv[1])
            answer = getattr(session, request["do"])(request)
        except Exception as error:  # told to the benchmark, which goes on without this variant
            answer = {"error": f"{type(error).__name__}: {error}".strip().splitlines()[0][:300]}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()

"""Eigenvalues of the 2-2-1 net's Hessians to a file: python3 stream.py jax|torch|numpy POINTS COUNT FILE

The points of a file are one chunk, which is computed until there are COUNT rows, each written to FILE at once. Says the seconds
of that, as JSON, without what it takes to compile.
"""
import importlib
import json
import sys
import time

import numpy

# The variants of spectrum-221 that are fastest at such chunks.
FASTEST = {"jax": "unpacked, two jits", "torch": "compiled: threads", "numpy": "by hand"}


def main(name, points, count, to):
    natural, tuned = importlib.import_module(name + "_peer").variants("spectrum-221", {"theta": numpy.load(points)})
    function = {**natural, **tuned}[FASTEST[name]]()
    function()
    start = time.perf_counter()
    with open(to, "wb") as file:
        left = count
        header = {"descr": "<f8", "fortran_order": False, "shape": (count, 11)}
        numpy.lib.format.write_array_header_1_0(file, header)
        while left > 0:
            result = function()
            values = numpy.ascontiguousarray(result[0] if isinstance(result, tuple) else result)[:left]
            file.write(values.data)
            left -= len(values)
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])

"""Makes the .npy files beside it, with NumPy 2.4: the values of the cells are what NpyReaderTest expects."""

import numpy as np

# Element [i, j, k] of a [3, 4, 2] array is 100 i + 10 j + k - 7 (u1: + 7), so every place has its own value.
cube = np.add.outer(np.add.outer(100 * np.arange(3), 10 * np.arange(4)), np.arange(2)) - 7
for code in ["f8", "f4", "i8", "i4", "i2"]:
    for mark, order in [("<", "little"), (">", "big")]:
        np.save(f"{code}_{order}_c.npy", cube.astype(mark + code))
        np.save(f"{code}_{order}_fortran.npy", np.asfortranarray(cube.astype(mark + code)))
small = cube // 4
for code in ["i1", "u1"]:
    values = (small + (7 if code == "u1" else 0)).astype(code)
    np.save(f"{code}_c.npy", values)
    np.save(f"{code}_fortran.npy", np.asfortranarray(values))
np.save("b1_c.npy", cube % 3 == 0)
np.save("b1_fortran.npy", np.asfortranarray(cube % 3 == 0))
np.save("scalar.npy", np.float64(-2.5))
np.save("empty.npy", np.zeros((0, 3)))
np.save("empty_rows.npy", np.zeros((3, 0)))
np.save("special.npy", np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324, np.nextafter(1, 2)]))
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(f"version{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, cube.astype("f8"), version)
np.save("complex.npy", np.ones(3, complex))
np.save("objects.npy", np.array([1, "a", None], object), allow_pickle=True)
np.save("records.npy", np.zeros(2, [("x", "f8"), ("y", "i4")]))
np.save("text.npy", np.array(["a", "bc"]))
np.save("half.npy", np.ones(3, "f2"))
np.savez("archive.npz", a=cube)

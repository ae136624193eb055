package org.curvature4j.io;

import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whole arrays from and to {@code .npy} files; by rows: {@link NpyReader} and {@link NpyWriter}. */
public final class Npy {
    private Npy() {}

    /**
     * Reads a whole array.
     *
     * @return a new array in C order, of the file's shape and type (f8 DOUBLE, f4 FLOAT, i8 LONG, i4 INT, i2 SHORT, i1
     *     BYTE, u1 UBYTE, b1 BOOL), owned by the caller
     * @throws DataFileException if there is no such file, or it can't be read as such an array
     */
    public static INDArray read(Path file) {
        try (NpyReader reader = NpyReader.open(file)) {
            return reader.read();
        }
    }

    /**
     * Writes a whole array; the file appears complete or not at all.
     *
     * @param array any shape and strides, of a type that {@link NpyType} has; not modified
     * @throws IllegalArgumentException if the type is another
     * @throws DataFileException if the file can't be written
     */
    public static void write(Path file, INDArray array) {
        try (NpyWriter writer = NpyWriter.create(file, NpyType.of(array.dataType()), array.shape())) {
            writer.writeRows(0, array);
            writer.commit();
        }
    }
}

package org.curvature4j.bench;

import java.nio.file.Path;
import org.curvature4j.io.Npy;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The inputs of a workload: {@code in_<name>.npy} in a folder, so that every contender computes the same.
 *
 * @param folder where they are
 */
record InputFiles(Path folder) {

    /** A new array. */
    INDArray array(String name) {
        return Npy.read(file(name));
    }

    Path file(String name) {
        return folder.resolve("in_" + name + ".npy");
    }
}

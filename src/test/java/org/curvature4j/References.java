package org.curvature4j;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import org.curvature4j.io.Npy;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The reference values of src/test/resources/reference, by the names that its README gives. */
public final class References {
    private References() {}

    /**
     * Reads one of the arrays.
     *
     * @param name without folder and extension, such as {@code net221_hessian}
     * @return a new float64 array in C order
     */
    public static INDArray array(String name) {
        return Npy.read(file(name));
    }

    /** The path of one of the arrays, for tests of commands that take files. */
    public static Path file(String name) {
        URL resource = References.class.getResource("/reference/" + name + ".npy");
        if (resource == null) {
            throw new IllegalArgumentException(
                    "reference: there is no " + name + ".npy in src/test/resources/reference");
        }
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

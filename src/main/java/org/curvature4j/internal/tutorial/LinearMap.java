package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A Jacobian of the plane, [[a, b], [c, d]]: what it does to small steps. */
record LinearMap(double a, double b, double c, double d) {

    /** The maps of a batch of Jacobians [B, 2, 2]. */
    static List<LinearMap> all(INDArray jacobians) {
        return Arrays.stream(JavaRows.of(jacobians))
                .map(entry -> new LinearMap(entry[0], entry[1], entry[2], entry[3]))
                .toList();
    }

    double[][] matrix() {
        return new double[][] {{a, b}, {c, d}};
    }

    /** The factor by which areas grow, negative if the map turns the plane over. */
    double determinant() {
        return a * d - b * c;
    }

    /** What a normalizing flow adds up. */
    double logVolume() {
        return Math.log(Math.abs(determinant()));
    }

    /** The larger singular value: the most that a small step can grow. */
    double mostStretch() {
        // The squares of the singular values have the sum s and the product det^2.
        double s = a * a + b * b + c * c + d * d;
        double det = determinant();
        return Math.sqrt((s + Math.sqrt(Math.max(0, s * s - 4 * det * det))) / 2);
    }

    /** The smaller singular value: the least that a small step can grow. */
    double leastStretch() {
        double most = mostStretch();
        return most == 0 ? 0 : Math.abs(determinant()) / most;
    }
}

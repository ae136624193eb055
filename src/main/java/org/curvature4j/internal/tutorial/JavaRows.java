package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays of many rows as Java numbers: ND4J's own conversion to a matrix takes microseconds a row. */
final class JavaRows {
    private JavaRows() {}

    /** All numbers in C order. */
    static double[] flat(INDArray array) {
        return HostArray.numbers("rows", array);
    }

    /** The rows along the first axis, each with all its numbers in C order. */
    static double[][] of(INDArray array) {
        double[] numbers = flat(array);
        int rows = (int) array.size(0);
        int length = numbers.length / rows;
        double[][] result = new double[rows][];
        for (int i = 0; i < rows; i++) {
            result[i] = Arrays.copyOfRange(numbers, i * length, (i + 1) * length);
        }
        return result;
    }
}

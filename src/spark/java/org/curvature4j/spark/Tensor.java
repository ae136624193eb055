package org.curvature4j.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Examples of one placeholder as a Java array, in which Spark keeps, spills and sends them: float32 takes half as much. */
final class Tensor implements Serializable {
    private static final long serialVersionUID = 1;

    private final Placeholder placeholder;
    private final double[] doubles;
    private final float[] floats;

    /** The first numbers of an array. */
    Tensor(Placeholder placeholder, double[] numbers, int count) {
        this.placeholder = placeholder;
        boolean narrow = placeholder.type() == DataType.FLOAT;
        this.doubles = narrow ? new double[0] : Arrays.copyOf(numbers, count);
        this.floats = new float[narrow ? count : 0];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
    }

    String name() {
        return placeholder.name();
    }

    /** The first examples alone. */
    Tensor head(int examples) {
        return new Tensor(placeholder, widened(0, examples), examples * placeholder.length());
    }

    private double[] widened(int from, int count) {
        int length = placeholder.length();
        double[] numbers = new double[count * length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = floats.length > 0 ? floats[from * length + i] : doubles[from * length + i];
        }
        return numbers;
    }

    /** Some examples as an array of the placeholder's type, owned by the caller; refuses numbers that the type doesn't hold. */
    INDArray rows(int from, int count) {
        INDArray wide = HostArray.copyOf(widened(from, count), DataType.DOUBLE, placeholder.shapeOf(count));
        INDArray typed = HostArray.as("data '" + name() + "'", wide, placeholder.type());
        if (typed != wide) {
            wide.close();
        }
        return typed;
    }

    /** By which the same numbers are told from others: a sum that depends on their order. */
    long checksum() {
        return 31L * Arrays.hashCode(doubles) + Arrays.hashCode(floats);
    }
}

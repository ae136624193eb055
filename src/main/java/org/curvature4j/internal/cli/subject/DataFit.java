package org.curvature4j.internal.cli.subject;

import java.util.Arrays;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.host.HostArray;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Data in the shape and type of the placeholders that take them. */
public final class DataFit {
    private DataFit() {}

    /** Whether the features of an example are as many numbers as the placeholder takes, or it doesn't say. */
    static boolean features(SDVariable placeholder, Dataset data) {
        long[] shape = placeholder.placeholderShape();
        if (shape == null) {
            return true;
        }
        return shape.length > 0 && (each(shape) < 0 || each(shape) == each(data.features()));
    }

    /**
     * The features as a placeholder takes them: of its type, and of its shape where that is known.
     *
     * @throws IllegalArgumentException if they don't fit
     */
    public static INDArray featuresFor(SDVariable placeholder, Dataset data) {
        if (!features(placeholder, data)) {
            throw misfit(placeholder, "features", data.features());
        }
        return typed(placeholder, shaped(placeholder, data.features()));
    }

    /**
     * The targets as a placeholder takes them: a column of labels becomes one-hot where it takes several numbers an
     * example, and one-hot rows become labels where it takes one.
     *
     * @throws IllegalArgumentException if they don't fit, or a label is none of the classes
     */
    public static INDArray targetsFor(SDVariable placeholder, Dataset data) {
        long[] shape = placeholder.placeholderShape();
        long wanted = shape == null ? -1 : each(shape);
        long found = each(data.targets());
        INDArray targets = data.targets();
        if (shape != null && shape.length == 0) {
            throw misfit(placeholder, "targets", targets);
        }
        if (wanted > 1 && found == 1) {
            targets = data.withClasses(Math.toIntExact(wanted)).targets();
        } else if (wanted == 1 && found > 1 && data.hasLabels()) {
            double[] labels = Arrays.stream(data.labels()).asDoubleStream().toArray();
            targets = HostArray.copyOf(labels, DataType.DOUBLE, labels.length, 1);
        } else if (wanted >= 0 && wanted != found) {
            throw misfit(placeholder, "targets", targets);
        }
        return typed(placeholder, shaped(placeholder, targets));
    }

    /** Numbers an example; -1 where the placeholder leaves an axis open. */
    private static long each(long[] shape) {
        long product = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            if (shape[axis] < 0) {
                return -1;
            }
            product *= shape[axis];
        }
        return product;
    }

    private static long each(INDArray array) {
        return array.length() / array.size(0);
    }

    private static INDArray shaped(SDVariable placeholder, INDArray array) {
        long[] shape = placeholder.placeholderShape();
        if (shape == null || each(shape) < 0) {
            return array;
        }
        long[] sizes = shape.clone();
        sizes[0] = array.size(0);
        return Arrays.equals(sizes, array.shape()) ? array : array.reshape('c', sizes);
    }

    private static INDArray typed(SDVariable placeholder, INDArray array) {
        @Nullable DataType type = placeholder.dataType();
        return type == null ? array : Feeds.cast(placeholder.name(), type, array);
    }

    private static IllegalArgumentException misfit(SDVariable placeholder, String what, INDArray array) {
        return new IllegalArgumentException("--data: expected " + what + " for '" + placeholder.name() + "' "
                + Arrays.toString(placeholder.placeholderShape()) + ", got shape " + Arrays.toString(array.shape()));
    }
}

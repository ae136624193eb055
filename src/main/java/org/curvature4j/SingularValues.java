package org.curvature4j;

import org.curvature4j.internal.host.HostArray;
import org.curvature4j.spectrum.JacobianSink;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.spectrum.SingularOptions;
import org.curvature4j.spectrum.SingularSpectra;
import org.curvature4j.stream.Progress;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Singular values of Jacobians, or of any matrices, and what they mean.
 *
 * <pre>{@code
 * SingularSpectra spectra = SingularValues.batch(jacobians);        // [B, m, n]
 * INDArray values = spectra.values();                               // [B, min(m, n)], descending
 * INDArray logDeterminants = spectra.logAbsDeterminants();          // [B], of square ones
 * Sensitivity sensitivity = SingularValues.sensitivity(jacobians);  // which inputs matter
 * }</pre>
 */
public final class SingularValues {
    private SingularValues() {}

    /**
     * Singular values, and of square matrices the logarithm of the determinant.
     *
     * @param matrices [B, m, n], of any numbers, order and strides; not modified
     * @throws IllegalArgumentException naming the first matrix that isn't finite
     */
    public static SingularSpectra batch(INDArray matrices) {
        return batch(matrices, SingularOptions.valuesOnly());
    }

    /** As {@link #batch(INDArray)}, with options. */
    public static SingularSpectra batch(INDArray matrices, SingularOptions options) {
        return SingularSpectra.of(matrices, options);
    }

    /**
     * Which inputs move the outputs most, over a batch of Jacobians.
     *
     * @param jacobians [B, m, n] of at least one; not modified
     * @throws IllegalArgumentException naming the first that isn't finite
     */
    public static Sensitivity sensitivity(INDArray jacobians) {
        if (jacobians.rank() != 3 || jacobians.isEmpty()) {
            throw new IllegalArgumentException(
                    "Jacobians: expected at least one, [B, m, n], got " + java.util.Arrays.toString(jacobians.shape()));
        }
        int rows = Math.toIntExact(jacobians.size(1));
        int columns = Math.toIntExact(jacobians.size(2));
        double[] one = new double[Math.multiplyExact(rows, columns)];
        try (HostArray source = HostArray.reading("Jacobians", jacobians);
                JacobianSink sink = new JacobianSink(
                        rows,
                        columns,
                        jacobians.dataType() == DataType.FLOAT ? DataType.FLOAT : DataType.DOUBLE,
                        (first, some, found) -> {})) {
            for (long i = 0; i < jacobians.size(0); i++) {
                source.read(i * one.length, one, one.length);
                sink.write(i, 1, one);
            }
            return sink.sensitivity();
        }
    }

    /**
     * The same over points, whose Jacobians are computed tile by tile and never held together.
     *
     * @param points [B, n], at least one; not modified
     */
    public static Sensitivity sensitivity(Jacobian jacobian, INDArray points) {
        int columns = Math.toIntExact(jacobian.function().inputSize());
        int rows = Math.toIntExact(jacobian.function().outputSize() / columns);
        if (points.rank() != 2 || points.size(1) != columns || points.isEmpty()) {
            throw new IllegalArgumentException("points: expected at least one, [B, " + columns + "], got "
                    + java.util.Arrays.toString(points.shape()));
        }
        try (HostArray source = HostArray.reading("points", points);
                JacobianSink sink = new JacobianSink(rows, columns, DataType.DOUBLE, (first, some, found) -> {})) {
            jacobian.stream(
                    new org.curvature4j.stream.RowSource() {
                        @Override
                        public long rows() {
                            return points.size(0);
                        }

                        @Override
                        public void read(long first, int count, double[] into) {
                            source.read(first * columns, into, count * columns);
                        }
                    },
                    sink,
                    Progress.NONE);
            return sink.sensitivity();
        }
    }
}

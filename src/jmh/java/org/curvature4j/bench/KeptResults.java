package org.curvature4j.bench;

import java.util.List;
import java.util.function.Supplier;
import org.curvature4j.Hessian;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.SpectraSummary;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computations of which nothing but what is small leaves the device, as the other libraries' arrays stay there. The points are
 * drawn there too, and are those of the workload's file.
 */
final class KeptResults {
    private KeptResults() {}

    /** Takes results on a device, or here, and does nothing with them. */
    private static final class Nowhere implements DeviceSink {
        @Override
        public boolean takesPlanes() {
            return true;
        }

        @Override
        public long sessionBytes() {
            return 0;
        }

        @Override
        public Session open(Queue queue, int tile) {
            return new Session() {
                @Override
                public void accept(long first, int count, Buffer planes, long stride) {}

                @Override
                public void complete() {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void write(long first, int count, double[] rows) {}
    }

    /** @param points as many as are drawn, and equal to them */
    static Computation hessians(Hessian hessian, INDArray points) {
        RowSource drawn = drawn(points);
        return new FreshResults(
                hessian,
                () -> {
                    hessian.stream(drawn, new Nowhere(), Progress.NONE);
                    return List.of();
                },
                () -> List.of(hessian.batch(points)));
    }

    /** The smallest and the largest of all eigenvalues, by way of their summary. */
    static Computation extremes(Hessian hessian, INDArray points) {
        RowSource drawn = drawn(points);
        int order = Math.toIntExact(points.size(1));
        Supplier<List<INDArray>> extremes = () -> {
            try (SpectraSink sink = new SpectraSink(order, DataType.DOUBLE, SpectrumOptions.valuesOnly(), null, null)) {
                hessian.stream(drawn, sink, Progress.NONE);
                SpectraSummary summary = sink.summary();
                return List.of(Nd4j.createFromArray(new double[][] {
                    {summary.smallest().value(), summary.largest().value()}
                }));
            }
        };
        return new FreshResults(hessian, extremes);
    }

    private static RowSource drawn(INDArray points) {
        return RandomPoints.of(WorkloadInputs.SEED, points.size(0), points.size(1))
                .source();
    }
}

package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.gpu.UntrustedDeviceException;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.Resources;

/** Holds spectra that a device finds, and sums up, to the processor's, which are the same to the last bit. */
final class SpectraCheck {
    private static final int COUNT = 24;

    private final int order;
    private final Precision precision;

    private SpectraCheck(int order, Precision precision) {
        this.order = order;
        this.precision = precision;
    }

    /**
     * Checks the kernels for an order, once a device.
     *
     * @throws UntrustedDeviceException if one gives something else
     */
    static void run(Queue queue, int order, Precision precision) {
        SpectraCheck check = new SpectraCheck(order, precision);
        queue.device().once(Arrays.asList("spectra", order, precision), () -> check.run(queue));
    }

    private SpectraSink sink(double[] values) {
        return new SpectraSink(
                order, precision.dataType(), SpectrumOptions.valuesOnly(), ArrayRows.sink(values, order), null);
    }

    private void run(Queue queue) {
        double[] matrices = matrices();
        double[] expected = new double[COUNT * order];
        double[] actual = new double[COUNT * order];
        try (SpectraSink here = sink(expected);
                SpectraSink there = sink(actual);
                DeviceSpectra session = new DeviceSpectra(
                        there,
                        order,
                        precision,
                        SpectrumOptions.valuesOnly(),
                        ArrayRows.sink(actual, order),
                        queue,
                        COUNT)) {
            here.write(0, COUNT, matrices);
            take(session, queue, matrices);
            for (int k = 0; k < actual.length; k++) {
                if (Double.doubleToLongBits(actual[k]) != Double.doubleToLongBits(expected[k])) {
                    throw new UntrustedDeviceException(
                            queue.device(),
                            "eigenvalue " + k % order + " of a matrix of " + order + " rows is " + actual[k]
                                    + ", on the CPU " + expected[k]);
                }
            }
            if (!Arrays.equals(there.summary().state(), here.summary().state())) {
                throw new UntrustedDeviceException(
                        queue.device(), "spectra of matrices of " + order + " rows are summed up otherwise");
            }
        }
    }

    private void take(DeviceSink.Session session, Queue queue, double... matrices) {
        int square = order * order;
        double[] planes = new double[matrices.length];
        for (int i = 0; i < COUNT; i++) {
            for (int k = 0; k < square; k++) {
                planes[k * COUNT + i] = matrices[i * square + k];
            }
        }
        long bytes = (long) planes.length * Double.BYTES;
        try (Resources owned = Resources.of(queue::drain)) {
            Buffer there = owned.add(queue.device().allocate(bytes));
            HostBuffer here = owned.add(queue.device().allocateHost(bytes));
            here.write(0, planes, 0, planes.length);
            queue.upload(here, 0, there, 0, bytes);
            session.accept(0, COUNT, there, COUNT);
            queue.await();
            session.complete();
        }
    }

    /** Of several sizes, some of them singular, with equal eigenvalues or diagonal. */
    private double[] matrices() {
        SplittableRandom random = new SplittableRandom(order);
        double[] matrices = new double[COUNT * order * order];
        for (int m = 0; m < COUNT; m++) {
            int kind = m % 6;
            for (int i = 0; i < order; i++) {
                for (int j = 0; j <= i; j++) {
                    float number =
                            switch (kind) {
                                case 0 -> i == j ? 1 : 0;
                                case 1 -> random.nextInt(3) - 1f;
                                case 2 -> i == j ? random.nextFloat() : 0;
                                case 3 -> random.nextInt(3) * 0x1p30f;
                                default -> random.nextFloat() - 0.5f;
                            };
                    matrices[(m * order + i) * order + j] = number;
                    matrices[(m * order + j) * order + i] = number;
                }
            }
        }
        return matrices;
    }
}

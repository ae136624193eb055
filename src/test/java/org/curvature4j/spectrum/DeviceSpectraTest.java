package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.Devices;
import org.curvature4j.internal.gpu.Faults;
import org.curvature4j.internal.gpu.Faults.Tried;
import org.curvature4j.internal.gpu.FlippingDriver;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.gpu.UntrustedDeviceException;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Spectra found and summed up by kernels on an interpreted device: the processor's, to the last bit. */
@Tag("gpu")
class DeviceSpectraTest {
    private static final long FIRST = 5_000_000_000L;

    /** Matrices with spectra, most of them of the kinds that break solvers, without those that nobody can solve. */
    private static List<double[]> matrices(int order, int count) {
        List<double[]> all = new ArrayList<>();
        for (double[][] matrix : EigenvalueKernelTest.matrices(order)) {
            double[] numbers = flat(matrix);
            try {
                solvedHere(order, SpectrumOptions.valuesOnly(), numbers, null);
                all.add(numbers);
            } catch (IllegalArgumentException e) {
                // One that is to be refused.
            }
        }
        Collections.shuffle(all, new Random(order));
        return all.subList(0, Math.min(count, all.size()));
    }

    private static double[] flat(double[][] rows) {
        return Stream.of(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] joined(List<double[]> matrices) {
        return matrices.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static SpectraSummary solvedHere(
            int order, SpectrumOptions options, double[] matrices, @Nullable RowSink values) {
        try (SpectraSink sink = new SpectraSink(order, DataType.DOUBLE, options, values, null)) {
            sink.write(FIRST, matrices.length / (order * order), matrices);
            return sink.summary();
        }
    }

    private static RowSink into(double[] values, int order) {
        return (first, count, rows) ->
                System.arraycopy(rows, 0, values, Math.toIntExact(first - FIRST) * order, count * order);
    }

    /** Has a session take matrices from a device, where they lie in planes. */
    private static void take(DeviceSink.Session session, Queue queue, long first, List<double[]> matrices, int order) {
        int square = order * order;
        int count = matrices.size();
        int stride = count + 3;
        double[] planes = new double[square * stride];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < square; k++) {
                planes[k * stride + i] = matrices.get(i)[k];
            }
        }
        long bytes = (long) planes.length * Double.BYTES;
        try (Resources owned = Resources.of(queue::drain)) {
            Buffer there = owned.add(queue.device().allocate(bytes));
            HostBuffer here = owned.add(queue.device().allocateHost(bytes));
            here.write(0, planes, 0, planes.length);
            queue.upload(here, 0, there, 0, bytes);
            session.accept(first, count, there, stride);
            queue.await();
            session.complete();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 9, 12, 13, 16, 17, 32})
    void areThoseOfTheProcessor(int order) {
        List<double[]> matrices = matrices(order, order > 12 ? 40 : order == 3 ? 600 : 150);
        int count = matrices.size();
        double[] expected = new double[count * order];
        SpectraSummary summary =
                solvedHere(order, SpectrumOptions.valuesOnly(), joined(matrices), into(expected, order));
        double[] values = new double[count * order];
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue queue = gpu.device().queue();
                SpectraSink sink = new SpectraSink(
                        order, DataType.DOUBLE, SpectrumOptions.valuesOnly(), into(values, order), null)) {
            DeviceSink there = (DeviceSink) sink.origin();
            assertThat(there.takesPlanes()).isTrue();
            try (DeviceSink.Session session = there.open(queue, count)) {
                take(session, queue, FIRST, matrices, order);
            }
            assertThat(sink.summary().state()).isEqualTo(summary.state());
        }
        for (int k = 0; k < values.length; k++) {
            assertThat(Double.doubleToRawLongBits(values[k])).isEqualTo(Double.doubleToRawLongBits(expected[k]));
        }
    }

    /** Few numbers, so that all classes come up, extremes tie and conditions repeat. */
    private static List<double[]> smallIntegers(int count) {
        Random random = new Random(11);
        List<double[]> all = new ArrayList<>();
        for (int m = 0; m < count; m++) {
            int kind = m % 5;
            double[][] rows = new double[3][3];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j <= i; j++) {
                    int number = kind < 2 && i != j ? 0 : random.nextInt(3) - 1;
                    rows[i][j] = kind == 0 ? Math.abs(number) : kind == 3 ? number * 0x1p-51 : number;
                    rows[j][i] = rows[i][j];
                }
            }
            all.add(flat(rows));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 0x1p-51, 1})
    void sumUpInAnyOrderByAnySession(double tolerance) {
        List<double[]> matrices = smallIntegers(350);
        SpectrumOptions options = tolerance < 0
                ? SpectrumOptions.valuesOnly()
                : SpectrumOptions.valuesOnly().tolerance(tolerance);
        SpectraSummary expected = solvedHere(3, options, joined(matrices), null);
        assertThat(expected.counts().values().stream().filter(count -> count > 0))
                .hasSizeGreaterThan(5);
        List<Integer> starts = new ArrayList<>(List.of(0, 50, 100, 150, 200, 250, 300));
        Collections.shuffle(starts, new Random(2));
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue one = gpu.device().queue();
                Queue another = gpu.device().queue();
                SpectraSink sink = new SpectraSink(3, DataType.DOUBLE, options, null, null)) {
            DeviceSink there = (DeviceSink) sink.from(FIRST);
            try (DeviceSink.Session session = there.open(one, 50);
                    DeviceSink.Session other = there.open(another, 64)) {
                for (int start : starts) {
                    List<double[]> some = matrices.subList(start, start + 50);
                    if (start == 150) {
                        sink.write(FIRST + start, 50, joined(some));
                    } else if (start % 100 == 0) {
                        take(session, one, start, some, 3);
                    } else {
                        take(other, another, start, some, 3);
                    }
                }
            }
            assertThat(sink.summary().state()).isEqualTo(expected.state());
            assertThat(sink.summary().worstCondition()).isEqualTo(expected.worstCondition());
        }
    }

    @Test
    void roundToFloat() {
        List<double[]> matrices = matrices(6, 200);
        double[] numbers = Arrays.stream(joined(matrices)).map(x -> (float) x).toArray();
        List<double[]> rounded = new ArrayList<>();
        for (int m = 0; m < matrices.size(); m++) {
            double[] matrix = Arrays.copyOfRange(numbers, 36 * m, 36 * (m + 1));
            if (Arrays.stream(matrix).allMatch(x -> Math.abs(x) < 1e38)) {
                rounded.add(matrix);
            }
        }
        double[] values = new double[rounded.size() * 6];
        double[] expected = new double[values.length];
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue queue = gpu.device().queue();
                SpectraSink here =
                        new SpectraSink(6, DataType.FLOAT, SpectrumOptions.valuesOnly(), into(expected, 6), null);
                SpectraSink sink =
                        new SpectraSink(6, DataType.FLOAT, SpectrumOptions.valuesOnly(), into(values, 6), null)) {
            here.write(FIRST, rounded.size(), joined(rounded));
            try (DeviceSink.Session session = ((DeviceSink) sink.origin()).open(queue, rounded.size())) {
                take(session, queue, FIRST, rounded, 6);
            }
            assertThat(sink.summary().state()).isEqualTo(here.summary().state());
        }
        assertThat(values).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 11, 14})
    void refuseWhatTheProcessorRefuses(int order) {
        double[] notFinite = new double[order * order];
        notFinite[order] = Double.NEGATIVE_INFINITY;
        double[] asymmetric = new double[order * order];
        asymmetric[1] = 1;
        double[] overflowing = new double[order * order];
        Arrays.fill(overflowing, Double.MAX_VALUE);
        List<double[]> good = matrices(order, 40);
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue queue = gpu.device().queue();
                SpectraSink sink = new SpectraSink(order, DataType.DOUBLE, SpectrumOptions.valuesOnly(), null, null);
                DeviceSink.Session session = ((DeviceSink) sink.origin()).open(queue, 64)) {
            take(session, queue, 0, good, order);
            long[] before = sink.summary().state();
            for (double[] bad : List.of(notFinite, asymmetric, overflowing)) {
                List<double[]> tile = new ArrayList<>(good);
                tile.set(17, bad);
                String message = message(order, tile);
                assertThatThrownBy(() -> take(session, queue, FIRST, tile, order))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(message)
                        .hasMessageStartingWith("matrix 5000000017: expected ");
                assertThat(sink.summary().state()).isEqualTo(before);
            }
            take(session, queue, 40, good, order);
            assertThat(sink.summary().size()).isEqualTo(2L * good.size());
        }
    }

    private static String message(int order, List<double[]> tile) {
        try {
            solvedHere(order, SpectrumOptions.valuesOnly(), joined(tile), null);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Test
    void countNothingThatWasNotHandedOn() {
        List<double[]> matrices = matrices(4, 30);
        RowSink full = (first, count, rows) -> {
            throw new IllegalStateException("disk full");
        };
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue queue = gpu.device().queue();
                SpectraSink sink = new SpectraSink(4, DataType.DOUBLE, SpectrumOptions.valuesOnly(), full, null);
                DeviceSink.Session session = ((DeviceSink) sink.origin()).open(queue, 30)) {
            assertThatThrownBy(() -> take(session, queue, 0, matrices, 4)).hasMessage("disk full");
            assertThat(sink.summary().size()).isZero();
        }
    }

    @Test
    void stayOnTheProcessorWhereVectorsAreWantedOrMatricesAreLarge() {
        RowSink nowhere = (first, count, rows) -> {};
        try (SpectraSink vectors =
                        new SpectraSink(4, DataType.DOUBLE, SpectrumOptions.withVectors(), nowhere, nowhere);
                SpectraSink large = new SpectraSink(33, DataType.DOUBLE, SpectrumOptions.valuesOnly(), nowhere, null);
                SpectraSink none = new SpectraSink(0, DataType.DOUBLE, SpectrumOptions.valuesOnly(), nowhere, null)) {
            assertThat(vectors.origin()).isSameAs(vectors);
            assertThat(((DeviceSink) large.origin()).takesPlanes()).isFalse();
            assertThat(((DeviceSink) none.origin()).takesPlanes()).isFalse();
        }
    }

    @Test
    void keepNothingOfADeviceThatLacksTheMemory() {
        InterpretedDriver driver = new InterpretedDriver(1, 12L << 20);
        try (GpuForTests gpu = GpuForTests.with(driver);
                SpectraSink sink = new SpectraSink(11, DataType.DOUBLE, SpectrumOptions.valuesOnly(), null, null)) {
            try (Queue queue = gpu.device().queue()) {
                DeviceSink there = (DeviceSink) sink.origin();
                assertThatThrownBy(() -> there.open(queue, 1 << 20))
                        .isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.isOutOfMemory())
                                .isTrue());
                there.open(queue, 256).close();
            }
            assertThat(driver.leaks()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 14})
    void aDeviceThatFindsOthersIsRefusedBeforeItsFirst(int order) {
        InterpretedDriver driver = new InterpretedDriver(1, 1L << 26);
        try (GpuForTests gpu = GpuForTests.with(FlippingDriver.of(driver, 0, 0));
                SpectraSink sink = new SpectraSink(order, DataType.DOUBLE, SpectrumOptions.valuesOnly(), null, null)) {
            try (Queue queue = gpu.device().queue()) {
                DeviceSink there = (DeviceSink) sink.origin();
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> there.open(queue, 100))
                            .isInstanceOf(UntrustedDeviceException.class)
                            .hasMessageStartingWith("device: expected the CPU's results, got others from GPU 0")
                            .hasMessageContaining(" of a matrix of " + order + " rows is ");
                }
            }
            assertThat(driver.leaks()).isEmpty();
        }
    }

    @Test
    void whicheverCallFailsItEndsInWordsOrWithTheResult() throws Exception {
        List<double[]> matrices = smallIntegers(60);
        Tried tried = Faults.everywhere(
                () -> {
                    double[] values = new double[60 * 3];
                    try (Queue queue = Devices.get().all().stream()
                                    .findFirst()
                                    .orElseThrow(() -> new IllegalStateException("no device"))
                                    .queue();
                            SpectraSink sink = new SpectraSink(
                                    3, DataType.DOUBLE, SpectrumOptions.valuesOnly(), into(values, 3), null)) {
                        try (DeviceSink.Session session = ((DeviceSink) sink.origin()).open(queue, 60)) {
                            take(session, queue, FIRST, matrices, 3);
                        }
                        return new Object[] {values, sink.summary().state()};
                    }
                },
                1L << 24);
        assertThat(tried.endedInWords()).isGreaterThan(50);
    }
}

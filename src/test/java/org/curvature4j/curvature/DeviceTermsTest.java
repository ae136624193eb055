package org.curvature4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiFunction;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.gpu.tiles.DeviceSum;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVector;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVectors;
import org.curvature4j.internal.gpu.Devices;
import org.curvature4j.internal.gpu.DriverForTests;
import org.curvature4j.internal.gpu.Faults;
import org.curvature4j.internal.gpu.Faults.Tried;
import org.curvature4j.internal.gpu.FaultyDriver;
import org.curvature4j.internal.gpu.FlippingDriver;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.UntrustedDeviceException;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.samediff.ImportRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Holds sums over minibatches on a device, interpreted, to those of the CPU. */
@Tag("gpu")
class DeviceTermsTest {
    /** Bytes of a device that has more than is needed. */
    private static final long AMPLE = 1 << 28;

    private final SameDiff sd = Nets.classifier();
    private final Map<String, INDArray> data = Nets.data();

    /** What is computed. */
    @SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
    enum Function {
        LOSS(LossGraphs::loss, false),
        GRADIENT(LossGraphs::gradient, false),
        HESSIAN(LossGraphs::hessian, true),
        GAUSS_NEWTON((graphs, fed) -> graphs.gaussNewton("logits", fed), true),
        FISHER((graphs, fed) -> graphs.fisher("logits", Likelihood.SOFTMAX, fed), true),
        EMPIRICAL_FISHER((graphs, fed) -> graphs.empiricalFisher("logits", Reduction.MEAN, fed), true),
        JACOBIAN((graphs, fed) -> graphs.jacobian("logits", fed), true);

        private final BiFunction<LossGraphs, Map<String, Shape>, Graph> graph;
        private final boolean product;

        Function(BiFunction<LossGraphs, Map<String, Shape>, Graph> graph, boolean product) {
            this.graph = graph;
            this.product = product;
        }
    }

    private DataTerm term(Function function) {
        DataLoss loss = DataLoss.of(sd, "mean", data);
        LossGraphs graphs = new LossGraphs(sd, "mean", loss.blocks(), ImportRules.standard());
        INDArray point = org.nd4j.linalg.factory.Nd4j.createFromArray(loss.point());
        return new DataTerm(
                fed -> function.graph.apply(graphs, fed),
                function.product ? point : null,
                batch -> List.of(),
                batch -> (double) batch.examples() / Nets.EXAMPLES);
    }

    private static double[] sum(Terms terms, double[] vector, int results) {
        double[] sum = new double[results];
        terms.sum(vector, sum);
        double[] again = new double[results];
        terms.sum(vector, again);
        assertThat(again).isEqualTo(sum);
        return sum;
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void isTheSumOfTheCpu(Function function) {
        DataTerm term = term(function);
        for (int size : new int[] {Nets.EXAMPLES, 9}) {
            Batches batches = new Batches(Nets.minibatches(data, size), Map.of(), 0);
            Graph graph = term.graph(batches.first().shapes());
            int results = Math.toIntExact(graph.outputs().get(0).type().size());
            if (function == Function.JACOBIAN && size < Nets.EXAMPLES) {
                continue;
            }
            double[] vector = new Random(8).doubles(43, -1, 1).toArray();
            try (GpuForTests gpu = GpuForTests.interpreted();
                    Terms onDevice =
                            new DeviceTerms(batches, term, Devices.get().all());
                    Terms onHost = new HostTerms(batches, term)) {
                assertClose(sum(onDevice, vector, results), sum(onHost, vector, results));
                double[] one = new double[results];
                double[] other = new double[results];
                onDevice.one(batches.first(), vector, one);
                onHost.one(batches.first(), vector, other);
                assertClose(one, other);
            }
        }
    }

    @Test
    void copiesBatchesEachTimeWhereNotAllFit() {
        DataTerm term = term(Function.HESSIAN);
        Batches batches = new Batches(Nets.minibatches(data, 2), Map.of(), 0);
        Graph graph = Simplifier.simplify(term.graph(batches.first().shapes()));
        long each = DeviceSum.bytes(graph, term.varying(graph));
        double[] vector = new Random(8).doubles(43, -1, 1).toArray();
        InterpretedDriver small = new InterpretedDriver(1, 3 * each);
        try (GpuForTests gpu = GpuForTests.with(small);
                Terms onDevice = new DeviceTerms(batches, term, Devices.get().all());
                Terms onHost = new HostTerms(batches, term)) {
            assertClose(sum(onDevice, vector, 43), sum(onHost, vector, 43));
        }
        assertThat(small.leaks()).isEmpty();
        try (GpuForTests gpu = GpuForTests.with(new InterpretedDriver(1, each / 2));
                Terms onDevice = new DeviceTerms(batches, term, Devices.get().all())) {
            assertThatThrownBy(() -> onDevice.sum(vector, new double[43]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("data: expected batches that the memory suffices for, ");
        }
    }

    @Test
    void whicheverCallFailsASumEndsInWords() throws Exception {
        DataTerm term = term(Function.HESSIAN);
        double[] vector = new Random(8).doubles(43, -1, 1).toArray();
        Tried tried = Faults.everywhere(
                () -> {
                    Batches batches = new Batches(Nets.minibatches(data, 9), Map.of(), 0);
                    double[] sum = new double[43];
                    try (Terms terms = new DeviceTerms(batches, term, DeviceChoice.GPU.devices())) {
                        terms.sum(vector, sum);
                    }
                    return sum;
                },
                1L << 24);
        assertThat(tried.endedInWords()).isGreaterThan(50);
    }

    /** Sums are had by way of what chooses a device, by the settings of the process. */
    private double[] product(Driver driver, String device) {
        System.setProperty("curvature4j.device", device);
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            Backend.refresh();
            double[] vector = new Random(8).doubles(43, -1, 1).toArray();
            double[] product = new double[43];
            try (DataOperator hessian = DataLoss.of(sd, "mean", data).hessian()) {
                hessian.multiply(vector, product);
            }
            return product;
        } finally {
            System.clearProperty("curvature4j.device");
            Backend.refresh();
        }
    }

    @Test
    void aDeviceThatSumsOtherwiseIsRefused() {
        DriverForTests right = GpuForTests.driver(1, 1L << 26);
        assertClose(product(right, "gpu"), product(GpuForTests.driver(1, 1L << 26), "cpu"));
        assertThat(right.launches()).isPositive();
        InterpretedDriver wrong = new InterpretedDriver(1, 1L << 26);
        assertThatThrownBy(() -> product(FlippingDriver.of(wrong, 50, 0), "gpu"))
                .isInstanceOf(UntrustedDeviceException.class)
                .hasMessageStartingWith("device: expected the CPU's results, got others from GPU 0");
        assertThat(wrong.leaks()).isEmpty();
    }

    /** Also where the first vector that is multiplied is on the device. */
    @Test
    void aDeviceThatSumsOtherwiseIsRefusedWhereVectorsStayThere() {
        System.setProperty("curvature4j.device", "gpu");
        InterpretedDriver wrong = new InterpretedDriver(1, 1L << 26);
        try (GpuForTests gpu = GpuForTests.with(FlippingDriver.of(wrong, 50, 0))) {
            Backend.refresh();
            gpu.device().once(SpaceCheck.KEY, () -> {});
            Batches batches = new Batches(Nets.minibatches(data, 9), Map.of(), 0);
            try (BatchSum sum = new BatchSum(batches, term(Function.HESSIAN));
                    DeviceVectors vectors = Objects.requireNonNull(sum.vectors(43, 2))) {
                DeviceVector vector = vectors.vector();
                vectors.write(new Random(8).doubles(43, -1, 1).toArray(), vector);
                DeviceVector product = vectors.vector();
                assertThatThrownBy(() -> sum.evaluate(vectors, vector, product))
                        .isInstanceOf(UntrustedDeviceException.class);
            }
        } finally {
            System.clearProperty("curvature4j.device");
            Backend.refresh();
        }
        assertThat(wrong.leaks()).isEmpty();
    }

    /** Whether all batches are kept, or each is copied anew; with as many devices as groups, and more than batches. */
    @Test
    void hasTheSameBitsForAnyNumberOfDevices() {
        DataTerm term = term(Function.HESSIAN);
        double[] vector = new Random(8).doubles(43, -1, 1).toArray();
        for (int size : new int[] {Nets.EXAMPLES, 9, 2}) {
            Batches batches = new Batches(Nets.minibatches(data, size), Map.of(), 0);
            double[] expected = onDevices(1, AMPLE, batches, term, vector);
            for (int devices : new int[] {2, 3, 5, 9}) {
                assertThat(onDevices(devices, AMPLE, batches, term, vector)).isEqualTo(expected);
            }
            Graph graph = Simplifier.simplify(term.graph(batches.first().shapes()));
            long few = 3 * DeviceSum.bytes(graph, term.varying(graph)) + (1 << 12);
            assertThat(onDevices(1, few, batches, term, vector)).isEqualTo(expected);
            assertThat(onDevices(3, few, batches, term, vector)).isEqualTo(expected);
        }
    }

    private static double[] onDevices(int devices, long bytes, Batches batches, DataTerm term, double[] vector) {
        DriverForTests driver =
                bytes == AMPLE ? GpuForTests.driver(devices, bytes) : new InterpretedDriver(devices, bytes);
        double[] sum;
        try (GpuForTests gpu = GpuForTests.with(driver);
                Terms terms = new DeviceTerms(batches, term, Devices.get().all())) {
            sum = sum(terms, vector, 43);
            assertThat(driver.launched().stream().filter(launches -> launches > 0))
                    .hasSize(Math.min(devices, Math.min(batches.count(), 8)));
        }
        assertThat(driver.leaks()).isEmpty();
        return sum;
    }

    @Test
    void tellsOfADeviceThatIsLostAmongOthers() {
        DataTerm term = term(Function.HESSIAN);
        Batches batches = new Batches(Nets.minibatches(data, 2), Map.of(), 0);
        double[] vector = new Random(8).doubles(43, -1, 1).toArray();
        boolean[] broken = new boolean[1];
        FaultyDriver faulty = FaultyDriver.ofDevice(
                new InterpretedDriver(3, 1 << 28), 2, (number, name) -> broken[0] && name.equals("launch"), 700);
        try (GpuForTests gpu = GpuForTests.with(faulty.driver());
                Terms terms = new DeviceTerms(batches, term, Devices.get().all())) {
            terms.sum(vector, new double[43]);
            broken[0] = true;
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(() -> terms.sum(vector, new double[43]))
                        .isInstanceOf(DriverException.class)
                        .hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS");
            }
        }
    }

    private static void assertClose(double[] actual, double[] expected) {
        double largest = 0;
        for (double number : expected) {
            largest = Math.max(largest, Math.abs(number));
        }
        assertThat(largest).isPositive();
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo(1e-13 * largest);
        }
    }
}

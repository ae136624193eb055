package org.curvature4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.curvature4j.estimate.Budget;
import org.curvature4j.estimate.Estimate;
import org.curvature4j.estimate.Hutchinson;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVector;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVectors;
import org.curvature4j.internal.gpu.DriverForTests;
import org.curvature4j.internal.gpu.Faults;
import org.curvature4j.internal.gpu.FlippingDriver;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.UntrustedDeviceException;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.krylov.SpectralDensity;
import org.curvature4j.operator.Basis;
import org.curvature4j.operator.HeapSpace;
import org.curvature4j.operator.VectorSpace;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Holds vectors that stay on a device, interpreted, to those on the heap, and counts what goes over the bus. */
@Tag("gpu")
class DeviceSpaceTest {
    private static final String DEVICE = "curvature4j.device";
    private static final int PARAMETERS = 43;

    private final Map<String, INDArray> data = Nets.data();

    @AfterEach
    void forget() {
        choose(null);
    }

    private static void choose(String device) {
        if (device == null) {
            System.clearProperty(DEVICE);
        } else {
            System.setProperty(DEVICE, device);
        }
        Backend.refresh();
    }

    private DataOperator hessian() {
        DataLoss loss = DataLoss.builder(Nets.classifier(), "mean")
                .minibatches(Nets.minibatches(data, 9))
                .build();
        return loss.hessian();
    }

    /** Everything that a basis does, and what it leaves. */
    private static <V> List<double[]> work(VectorSpace<V> space) {
        Random random = new Random(4);
        int n = space.length();
        Basis<V> basis = new Basis<>(space);
        List<double[]> results = new ArrayList<>();
        V vector = space.vector();
        for (int k = 0; k < 8; k++) {
            space.write(random.doubles(n, -1, 1).toArray(), vector);
            double[] coefficients = new double[k];
            double norm = basis.orthogonalise(vector, coefficients);
            basis.append(vector, 1 / norm);
            results.add(coefficients);
            results.add(new double[] {norm, space.dot(vector, basis.vector(0)), space.norm(basis.vector(k))});
        }
        basis.combine(1, 6, random.doubles(30, -1, 1).toArray(), 5);
        basis.keep(4, 2, 3, 0, 5);
        space.add(-0.3, basis.vector(1), basis.vector(2));
        space.scale(1e-160, basis.vector(3), vector);
        results.add(new double[] {space.norm(vector)});
        for (int k = 0; k < basis.size(); k++) {
            results.add(space.take(basis.vector(k)));
        }
        return results;
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 1027, 2048, 6150})
    void computesTheBitsOfTheHeap(int length) {
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            List<double[]> onDevice;
            DeviceSpace.Product none = (vectors, vector, product) -> {
                throw new AssertionError("nothing to be multiplied");
            };
            try (DeviceSpace space = new DeviceSpace(none, length, new DeviceVectors(gpu.device(), length, 9))) {
                onDevice = work(space);
            }
            List<double[]> onHeap = work(new HeapSpace(length, 2));
            assertThat(onDevice).hasSameSizeAs(onHeap);
            for (int i = 0; i < onHeap.size(); i++) {
                assertThat(onDevice.get(i)).isEqualTo(onHeap.get(i));
            }
        }
    }

    @Test
    void findsEigenpairsAndDensitiesWithoutAVectorOverTheBus() {
        LanczosOptions options = LanczosOptions.largestMagnitude(3).measuredResiduals();
        DensityOptions density = DensityOptions.standard().steps(12).probes(2);
        Eigenpairs expected;
        SpectralDensity expectedDensity;
        choose("cpu");
        try (DataOperator operator = hessian()) {
            expected = Lanczos.eigenpairs(operator, options);
            expectedDensity = SpectralDensity.of(operator, density);
        }
        DriverForTests driver = GpuForTests.driver(1, 1 << 26);
        Copies copies = new Copies(driver);
        try (GpuForTests gpu = GpuForTests.with(copies.driver())) {
            choose("gpu");
            try (DataOperator operator = hessian()) {
                operator.apply(new double[PARAMETERS]);
                copies.sizes.clear();
                Eigenpairs pairs = Lanczos.eigenpairs(operator, options);
                assertThat(pairs.products()).isEqualTo(expected.products()).isGreaterThan(20);
                // A start a run, and the three vectors that were asked for.
                assertThat(copies.ofLength(PARAMETERS)).isEqualTo(2 + 3);
                for (int k = 0; k < 3; k++) {
                    assertThat(pairs.eigenvalues()[k])
                            .isCloseTo(expected.eigenvalues()[k], within(1e-12 * expected.eigenvalues()[0]));
                    assertThat(pairs.vector(k))
                            .usingComparatorWithPrecision(1e-9)
                            .containsExactly(expected.vector(k));
                    assertThat(pairs.residuals()[k]).isLessThan(pairs.tolerance());
                }
                copies.sizes.clear();
                SpectralDensity found = SpectralDensity.of(operator, density);
                assertThat(copies.ofLength(PARAMETERS)).isEqualTo(2);
                assertThat(found.nodes(1)).usingComparatorWithPrecision(1e-9).containsExactly(expectedDensity.nodes(1));
            }
            assertThat(gpu.device().number()).isZero();
        }
        assertThat(driver.leaks()).isEmpty();
    }

    @Test
    void estimatesTracesWithAVectorAProductOverTheBus() {
        Budget budget = new Budget(12, 1, Progress.NONE);
        choose("cpu");
        Estimate expected;
        Estimate expectedNorm;
        try (DataOperator operator = hessian()) {
            expected = Hutchinson.trace(operator, budget);
            expectedNorm = Hutchinson.squaredFrobenius(operator, budget);
        }
        Copies copies = new Copies(GpuForTests.driver(1, 1 << 26));
        try (GpuForTests gpu = GpuForTests.with(copies.driver())) {
            choose("gpu");
            try (DataOperator operator = hessian()) {
                operator.apply(new double[PARAMETERS]);
                copies.sizes.clear();
                assertThat(Hutchinson.trace(operator, budget).value())
                        .isCloseTo(expected.value(), within(1e-12 * Math.abs(expected.value())));
                assertThat(copies.ofLength(PARAMETERS)).isEqualTo(12);
                assertThat(Hutchinson.squaredFrobenius(operator, budget).standardError())
                        .isCloseTo(expectedNorm.standardError(), within(1e-12 * expectedNorm.value()));
            }
            assertThat(gpu.device().number()).isZero();
        }
    }

    @Test
    void keepsVectorsOnTheHeapWhereTheDeviceLacksTheMemory() {
        choose("cpu");
        int most = 400;
        double expected;
        try (DataOperator operator = hessian()) {
            expected = Lanczos.eigenpairs(operator, LanczosOptions.top(1)).eigenvalues()[0];
            assertThat(operator.space(most, 1)).isInstanceOf(HeapSpace.class);
        }
        InterpretedDriver small = new InterpretedDriver(1, DeviceVectors.bytes(PARAMETERS, most));
        try (GpuForTests gpu = GpuForTests.with(small)) {
            choose("gpu");
            try (DataOperator operator = hessian();
                    VectorSpace<?> space = operator.space(most, 1);
                    VectorSpace<?> fits = operator.space(5, 1)) {
                assertThat(space).isInstanceOf(HeapSpace.class);
                assertThat(fits).isInstanceOf(DeviceSpace.class);
                double found = Lanczos.eigenpairs(
                                operator, LanczosOptions.top(1).basisSize(most))
                        .eigenvalues()[0];
                assertThat(found).isCloseTo(expected, within(1e-12));
            }
            assertThat(gpu.device().number()).isZero();
        }
        assertThat(small.leaks()).isEmpty();
    }

    @Test
    void seesProductsOfOtherThreadsApart() throws Exception {
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            choose("gpu");
            try (DataOperator operator = hessian()) {
                double[] alone =
                        Lanczos.eigenpairs(operator, LanczosOptions.top(2)).eigenvalues();
                List<double[]> found = java.util.stream.IntStream.range(0, 4)
                        .parallel()
                        .mapToObj(i -> Lanczos.eigenpairs(operator, LanczosOptions.top(2))
                                .eigenvalues())
                        .toList();
                assertThat(found).allMatch(values -> Arrays.equals(values, alone));
            }
            assertThat(gpu.device().number()).isZero();
        }
    }

    @Test
    void endsInWordsWhicheverCallFails() throws Exception {
        choose("gpu");
        Faults.Tried tried = Faults.everywhere(
                () -> {
                    try (DataOperator operator = hessian()) {
                        return Lanczos.eigenpairs(
                                        operator, LanczosOptions.top(1).plainSteps(3))
                                .vector(0);
                    }
                },
                1 << 22);
        assertThat(tried.endedInWords()).isPositive();
        // Where the device has no memory for vectors, they are kept here.
        assertThat(tried.gaveTheResult()).isPositive();
    }

    @Test
    void refusesADeviceThatWorksOnVectorsOtherwise() {
        InterpretedDriver driver = new InterpretedDriver(1, 1 << 26);
        try (GpuForTests gpu = GpuForTests.with(FlippingDriver.of(driver, 0, 0))) {
            choose("gpu");
            try (DataOperator operator = hessian()) {
                assertThatThrownBy(() -> operator.space(5, 1))
                        .isInstanceOf(UntrustedDeviceException.class)
                        .hasMessageContaining("others from " + gpu.device());
            }
        }
        assertThat(driver.leaks()).isEmpty();
    }

    /** Notes how much each copy over the bus is. */
    private static final class Copies {
        private final List<Long> sizes = new ArrayList<>();
        private final Driver driver;

        Copies(Driver inner) {
            driver = (Driver) Proxy.newProxyInstance(
                    Copies.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("copyToDevice")
                                || method.getName().equals("copyToHost")) {
                            sizes.add((Long) arguments[2]);
                        }
                        try {
                            return method.invoke(inner, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        Driver driver() {
            return driver;
        }

        long ofLength(int numbers) {
            return sizes.stream()
                    .filter(size -> size == (long) numbers * Double.BYTES)
                    .count();
        }
    }

    @Test
    void isOfThatManyVectorsAtMost() {
        try (GpuForTests gpu = GpuForTests.interpreted();
                DeviceVectors vectors = new DeviceVectors(gpu.device(), 10, 2)) {
            DeviceVector first = vectors.vector();
            assertThat(vectors.vector()).isNotEqualTo(first);
            org.assertj.core.api.Assertions.assertThatThrownBy(vectors::vector)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("vectors: expected at most 2, got one more");
        }
    }
}

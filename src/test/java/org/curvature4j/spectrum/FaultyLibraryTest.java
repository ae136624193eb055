package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.krylov.SpectralDensity;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;
import org.curvature4j.optimize.Method;
import org.curvature4j.optimize.Minimizer;
import org.curvature4j.optimize.MinimizerOptions;
import org.curvature4j.optimize.Objective;
import org.curvature4j.spectrum.FaultyRoutines.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** With a wrong library behind the seam every public way to a decomposition gives the right result, or refuses. */
class FaultyLibraryTest {
    private static final int N = 39;
    private static final double[] SYMMETRIC = symmetric();
    private static final INDArray MATRIX = Nd4j.create(SYMMETRIC, new long[] {N, N}, 'c');
    private static final INDArray BATCH = MATRIX.reshape(1, N, N);

    /** All ways, each with numbers that don't depend on signs or phases of vectors. */
    private static final Map<String, Supplier<double[]>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("Spectrum.of", () -> Spectrum.of(MATRIX).eigenvalues());
        WAYS.put("Spectrum.batch", () -> Spectrum.batch(BATCH).get(0).eigenvalues());
        WAYS.put("GeneralSpectrum.of", () -> GeneralSpectrum.of(MATRIX).realParts());
        WAYS.put("values", () -> values(SpectrumOptions.valuesOnly()));
        WAYS.put("vectors", () -> values(SpectrumOptions.withVectors()));
        WAYS.put("projectors", FaultyLibraryTest::projector);
        WAYS.put("vectors of a batch", () -> Spectrum.batch(BATCH, SpectrumOptions.withVectors())
                .get(0)
                .eigenvalues());
        WAYS.put("SpectraSink", FaultyLibraryTest::streamed);
        WAYS.put("SingularSpectra.of", () -> numbers(SingularSpectra.of(BATCH).values()));
        WAYS.put("singular vectors", () -> {
            SingularSpectra spectra = SingularSpectra.of(BATCH, SingularOptions.withVectors());
            return numbers(spectra.left().get(point0()).mmul(spectra.right().get(point0())));
        });
        WAYS.put("log |det|", () -> numbers(SingularSpectra.of(BATCH).logAbsDeterminants()));
        WAYS.put("JacobianSink", FaultyLibraryTest::jacobians);
        WAYS.put("Newton", () -> newton(Method.NEWTON));
        WAYS.put("classification", () -> newton(Method.TRUST_REGION));
        WAYS.put("Lanczos", () -> Lanczos.eigenpairs(
                        operator(), LanczosOptions.top(3).basisSize(38))
                .eigenvalues());
        WAYS.put("tridiagonal", () -> {
            double[] start = new double[N];
            Arrays.setAll(start, i -> 1 + i % 3);
            return Lanczos.tridiagonal(operator(), start, 36).ritzValues();
        });
        WAYS.put("density", () -> new double[] {
            SpectralDensity.of(operator(), DensityOptions.standard().steps(36).probes(2))
                    .cumulative(60)
        });
    }

    static Stream<Arguments> ways() {
        return WAYS.keySet().stream().flatMap(way -> Stream.of(Fault.values()).map(fault -> Arguments.of(way, fault)));
    }

    @AfterEach
    void rightAgain() {
        Solvers.reset();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void javaCodeComputesWhatTheLibraryGetsWrong(String way, Fault fault) {
        double[] right = WAYS.get(way).get();
        // The self-test's matrices come out right, so that results themselves must be found out.
        Solvers.use(new FaultyRoutines(fault, 33, N), new JavaRoutines());
        long before = Solvers.recomputed();

        double[] found = WAYS.get(way).get();

        assertThat(Solvers.recomputed()).isGreaterThan(before);
        // Two backward-stable solvers: n eps |A| each, with 16 for what later steps make of it.
        double allowed = 16
                * N
                * Math.ulp(1.0)
                * Math.sqrt(Arrays.stream(SYMMETRIC).map(x -> x * x).sum());
        assertThat(found).hasSameSizeAs(right);
        for (int i = 0; i < right.length; i++) {
            assertThat(found[i]).isCloseTo(right[i], within(allowed * Math.max(1, Math.abs(right[i]))));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatFailsTwiceIsRefused(String way, Fault fault) {
        Solvers.use(new FaultyRoutines(fault, 33, N), new FaultyRoutines(fault, 33, N));

        assertThatThrownBy(() -> WAYS.get(way).get())
                .isInstanceOf(UnverifiedResultException.class)
                .hasMessageContaining("to rounding, got none from");
    }

    @Test
    void aFamilyThatFailsTheSelfTestIsNotCalled() {
        Solvers.use(new FaultyRoutines(Fault.VECTORS, 0, Integer.MAX_VALUE), new JavaRoutines());

        for (SelfTest.Family family : SelfTest.Family.values()) {
            assertThat(SelfTest.passes(family)).as("%s", family).isFalse();
        }
        assertThat(values(SpectrumOptions.withVectors())).hasSize(N);
    }

    @Test
    void theLibraryHerePassesTheSelfTest() {
        assertThat(SelfTest.figures()).hasSize(8).allMatch(SelfTest.Figure::passed);
    }

    private static double[] symmetric() {
        Random random = new Random(7);
        double[] matrix = new double[N * N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i * N + j] = matrix[j * N + i] = random.nextGaussian() + (i == j ? 3 * i : 0);
            }
        }
        return matrix;
    }

    private static LinearOperator operator() {
        return MatrixOperator.of(SYMMETRIC, N, N);
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex point0() {
        return org.nd4j.linalg.indexing.NDArrayIndex.point(0);
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static double[] values(SpectrumOptions options) {
        return Spectrum.of(MATRIX, options).eigenvalues();
    }

    /** Of the smallest eigenvalue's vector. */
    private static double[] projector() {
        double[] vector = Spectrum.of(MATRIX, SpectrumOptions.withVectors()).vector(0);
        return Arrays.stream(vector).map(x -> x * vector[0]).toArray();
    }

    private static double[] streamed() {
        double[] values = new double[N];
        try (SpectraSink sink = new SpectraSink(
                N,
                DataType.DOUBLE,
                SpectrumOptions.valuesOnly(),
                (first, count, rows) -> System.arraycopy(rows, 0, values, 0, N),
                null)) {
            sink.write(0, 1, SYMMETRIC);
        }
        return values;
    }

    private static double[] jacobians() {
        double[] values = new double[N];
        try (JacobianSink sink = new JacobianSink(
                N, N, DataType.DOUBLE, (first, count, rows) -> System.arraycopy(rows, 0, values, 0, N))) {
            sink.write(0, 1, SYMMETRIC);
        }
        return values;
    }

    /** The minimum of x'Ax / 2 - sum x, or a saddle where its eigenvalues end up. */
    private static double[] newton(Method method) {
        Objective quadratic = new Objective() {
            @Override
            public int size() {
                return N;
            }

            @Override
            public double value(double[] x) {
                double sum = 0;
                double[] slope = gradient(x);
                for (int i = 0; i < N; i++) {
                    sum += 0.5 * x[i] * (slope[i] - 1);
                }
                return sum;
            }

            @Override
            public double[] gradient(double[] x) {
                double[] slope = new double[N];
                for (int i = 0; i < N; i++) {
                    slope[i] = -1 + 40 * x[i];
                    for (int j = 0; j < N; j++) {
                        slope[i] += SYMMETRIC[i * N + j] * x[j];
                    }
                }
                return slope;
            }

            @Override
            public LinearOperator hessian(double[] x) {
                double[] matrix = SYMMETRIC.clone();
                for (int i = 0; i < N; i++) {
                    matrix[i * N + i] += 40;
                }
                return MatrixOperator.of(matrix, N, N);
            }
        };
        return Minimizer.minimize(
                        method,
                        quadratic,
                        new double[N],
                        MinimizerOptions.usual().withClassification())
                .spectrum()
                .orElseThrow()
                .eigenvalues();
    }
}

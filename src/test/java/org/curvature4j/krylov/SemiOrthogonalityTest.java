package org.curvature4j.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.operator.LinearOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Without vectors a Lanczos run orthogonalises seldom; its Ritz values are those of the run that always does. */
class SemiOrthogonalityTest {
    private static final int STEPS = 120;

    /** Spectra on which vectors lose their orthogonality soon: outliers converge after a few steps. */
    static Stream<Arguments> spectra() {
        int n = 400;
        return Stream.of(
                Arguments.of("geometric", eigenvalues(n, i -> Math.pow(0.8, i))),
                Arguments.of("outliers", eigenvalues(n, i -> i < 10 ? 1e6 / (i + 1) : 1e-3 * i)),
                Arguments.of("both ends", eigenvalues(n, i -> (i % 2 == 0 ? 1 : -1) * Math.pow(0.9, i))),
                Arguments.of("clusters", eigenvalues(n, i -> (i % 4) + 1e-9 * i)),
                Arguments.of("uniform", eigenvalues(n, i -> i / (double) n)),
                Arguments.of("rank 30", eigenvalues(n, i -> i < 30 ? i + 1 : 0)));
    }

    private static double[] eigenvalues(int n, java.util.function.IntToDoubleFunction value) {
        return IntStream.range(0, n).mapToDouble(value).toArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spectra")
    void hasTheRitzValuesOfFullReorthogonalisation(String name, double[] eigenvalues) {
        LinearOperator operator = Operators.rotated(eigenvalues);
        double scale = Arrays.stream(eigenvalues).map(Math::abs).max().orElseThrow();
        int count = 20;
        LanczosOptions options = LanczosOptions.top(count).plainSteps(STEPS);
        double[] full = Lanczos.eigenpairs(operator, options).values().toDoubleVector();
        double[] semi =
                Lanczos.eigenpairs(operator, options.valuesOnly()).values().toDoubleVector();
        assertThat(semi).as(name).containsExactly(full, within(1e-13 * scale));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spectra")
    void noEigenvalueComesUpTwice(String name, double[] eigenvalues) {
        double[] start = Operators.start(eigenvalues.length);
        Tridiagonal run = Lanczos.tridiagonal(Operators.rotated(eigenvalues), start, STEPS);
        double[] ritz = run.ritzValues();
        double scale = Arrays.stream(eigenvalues).map(Math::abs).max().orElseThrow();
        for (int i = 1; i < ritz.length; i++) {
            double low = ritz[i - 1] - 1e-9 * scale;
            double high = ritz[i] + 1e-9 * scale;
            if (high - low < 3e-9 * scale) {
                assertThat(Arrays.stream(eigenvalues).filter(value -> low < value && value < high))
                        .as("%s, Ritz values %s and %s", name, ritz[i - 1], ritz[i])
                        .hasSizeGreaterThan(1);
            }
        }
        assertThat(Arrays.stream(run.weights()).sum()).isCloseTo(1, within(1e-13));
    }
}

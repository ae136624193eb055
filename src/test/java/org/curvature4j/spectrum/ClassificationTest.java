package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signs decide, and where the error bound leaves them open nothing is claimed. */
class ClassificationTest {

    /** Tolerance 4, error bound 1, as by default: up to 3 zero, from above 5 not, between them open. */
    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(Classification.CONVEX, new double[] {5.5, 100}),
                Arguments.of(Classification.CONCAVE, new double[] {-100, -5.5}),
                Arguments.of(Classification.SADDLE, new double[] {-6, 6}),
                Arguments.of(Classification.CONVEX_WITH_FLAT, new double[] {-2, 3, 100}),
                Arguments.of(Classification.CONCAVE_WITH_FLAT, new double[] {-100, -3, 0}),
                Arguments.of(Classification.SADDLE_WITH_FLAT, new double[] {-6, 1, 6}),
                Arguments.of(Classification.FLAT, new double[] {-3, 0, 3}),
                Arguments.of(Classification.FLAT, new double[0]),
                // Convex, or one direction flat.
                Arguments.of(Classification.UNDECIDED, new double[] {4.5, 100}),
                Arguments.of(Classification.UNDECIDED, new double[] {3.5, 100}),
                // Convex or saddle.
                Arguments.of(Classification.UNDECIDED, new double[] {-4.5, 100}),
                // Flat or not.
                Arguments.of(Classification.UNDECIDED, new double[] {0, 4.5}),
                Arguments.of(Classification.UNDECIDED, new double[] {-4.5, 4.5}),
                // The open one changes nothing: a flat direction is certain anyway, or both signs are.
                Arguments.of(Classification.CONVEX_WITH_FLAT, new double[] {0, 4.5, 100}),
                Arguments.of(Classification.CONCAVE_WITH_FLAT, new double[] {-100, -4.5, 0}),
                Arguments.of(Classification.SADDLE, new double[] {-6, 4.5, 6}),
                Arguments.of(Classification.SADDLE_WITH_FLAT, new double[] {-6, 3.5, 6}));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bySigns(Classification expected, double[] values) {
        assertThat(Classification.of(values, 4, 1)).isEqualTo(expected);
    }

    /** Values, tolerances and errors of few different sizes, so that they often meet. */
    @Test
    void shortCutsForAscendingValuesLeadToTheSame() {
        double[] sizes = {0, Double.MIN_VALUE, 1, Math.nextUp(1.0), 2, 3, Math.nextDown(3.0), 1e300};
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            double[] values = new double[random.nextInt(5)];
            for (int k = 0; k < values.length; k++) {
                values[k] = sizes[random.nextInt(sizes.length)] * (random.nextBoolean() ? 1 : -1);
            }
            Arrays.sort(values);
            double tolerance = sizes[random.nextInt(sizes.length)];
            double errorBound = sizes[random.nextInt(sizes.length)];
            double[] within = new double[values.length + 2];
            System.arraycopy(values, 0, within, 1, values.length);
            assertThat(Classification.ofAscending(within, 1, values.length + 1, tolerance, errorBound))
                    .isEqualTo(Classification.of(values, tolerance, errorBound));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMirroredSpectrumHasTheMirroredClass(Classification expected, double[] values) {
        double[] mirrored = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            mirrored[i] = -values[values.length - 1 - i];
        }
        Classification mirror =
                switch (expected) {
                    case CONVEX -> Classification.CONCAVE;
                    case CONCAVE -> Classification.CONVEX;
                    case CONVEX_WITH_FLAT -> Classification.CONCAVE_WITH_FLAT;
                    case CONCAVE_WITH_FLAT -> Classification.CONVEX_WITH_FLAT;
                    case SADDLE, SADDLE_WITH_FLAT, FLAT, UNDECIDED -> expected;
                };
        assertThat(Classification.of(mirrored, 4, 1)).isEqualTo(mirror);
    }

    @Test
    void aToleranceBelowTheErrorLeavesSignsOpen() {
        assertThat(Classification.of(new double[] {0.5, 10}, 0, 1)).isEqualTo(Classification.UNDECIDED);
        assertThat(Classification.of(new double[] {1.5, 10}, 0, 1)).isEqualTo(Classification.CONVEX);
        assertThat(Classification.of(new double[] {0}, 0, 0)).isEqualTo(Classification.FLAT);
        assertThat(Inertia.of(new double[] {-10, 0.5, 10}, 0, 1)).isEqualTo(new Inertia(2, 1, 0, 1, 0, 1));
    }

    @Test
    void inertiaCounts() {
        assertThat(Inertia.of(new double[] {-9, -4.5, -3.5, 0, 4, 4.1, 9}, 4, 1))
                .isEqualTo(new Inertia(2, 2, 3, 4, 4, 1));
        assertThat(Inertia.of(new double[0], 4, 1)).isEqualTo(new Inertia(0, 0, 0, 0, 4, 1));
    }
}

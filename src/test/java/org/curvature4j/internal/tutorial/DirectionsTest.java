package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.spectrum.Spectrum;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DirectionsTest {
    private static final double TOLERANCE = 1e-12;

    /** Orthogonal, no entry zero: a reflection. */
    private static INDArray rotation() {
        INDArray v = Nd4j.createFromArray(new double[][] {{1}, {2}, {-3}, {4}});
        return Nd4j.eye(4).castTo(v.dataType()).sub(v.mmul(v.transpose()).mul(2 / 30.0));
    }

    private static Spectrum spectrum(double... eigenvalues) {
        INDArray q = rotation();
        return Spectrum.of(q.mmul(Nd4j.diag(Nd4j.createFromArray(eigenvalues))).mmul(q.transpose()));
    }

    private static double[] column(int index) {
        return rotation().getColumn(index).dup().toDoubleVector();
    }

    @Test
    void theFastestHasTheEigenvalueOfLargestMagnitude() {
        double[] fastest = Directions.fastest(spectrum(1, -5, 0, 4));

        assertThat(Math.abs(Directions.dot(fastest, column(1)))).isCloseTo(1, within(TOLERANCE));
    }

    @Test
    void theFlattestHasNeitherSlopeNorCurvature() {
        double[] gradient = {0.3, -1, 2, 0.7};
        double[] flattest = Directions.flattest(spectrum(0, 3, 0, -2), gradient);

        assertThat(Directions.dot(flattest, flattest)).isCloseTo(1, within(TOLERANCE));
        assertThat(Directions.dot(flattest, gradient)).isCloseTo(0, within(TOLERANCE));
        assertThat(Directions.dot(flattest, column(1))).isCloseTo(0, within(TOLERANCE));
        assertThat(Directions.dot(flattest, column(3))).isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void ofManyFlatDirectionsItIsTheOneNearestToAnAxis() {
        // Flat is all that is perpendicular to q; the axis with the least part of q comes nearest.
        double[] q = column(2);
        double[] flattest = Directions.flattest(spectrum(0, 0, 7, 0), new double[4]);
        int nearest = 0;
        for (int axis = 1; axis < 4; axis++) {
            nearest = Math.abs(q[axis]) < Math.abs(q[nearest]) ? axis : nearest;
        }
        for (int i = 0; i < 4; i++) {
            double expected = ((i == nearest ? 1 : 0) - q[nearest] * q[i]) / Math.sqrt(1 - q[nearest] * q[nearest]);
            assertThat(flattest[i]).isCloseTo(expected, within(TOLERANCE));
        }
    }

    @Test
    void whereNothingIsFlatItSaysSo() {
        assertThatThrownBy(() -> Directions.flattest(spectrum(1, 2, 3, 4), new double[4]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("flattest direction: expected one without slope and curvature, got none");
    }
}

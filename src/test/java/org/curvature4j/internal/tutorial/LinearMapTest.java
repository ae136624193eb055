package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.References;
import org.curvature4j.spectrum.Spectrum;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LinearMapTest {
    @Test
    void singularValuesAreTheRootsOfTheEigenvaluesOfItsSquare() {
        INDArray jacobians = References.array("tanh_jacobian");
        for (LinearMap map : LinearMap.all(jacobians)) {
            INDArray matrix = Nd4j.createFromArray(map.matrix());
            double[] squares = Spectrum.of(matrix.transpose().mmul(matrix)).eigenvalues();
            assertThat(map.leastStretch()).isCloseTo(Math.sqrt(squares[0]), within(1e-9));
            assertThat(map.mostStretch()).isCloseTo(Math.sqrt(squares[1]), within(1e-14));
        }
    }

    @Test
    void knownMaps() {
        LinearMap mirror = new LinearMap(0, 2, 3, 0);
        assertThat(mirror.determinant()).isEqualTo(-6);
        assertThat(mirror.logVolume()).isCloseTo(Math.log(6), within(1e-15));
        assertThat(mirror.mostStretch()).isEqualTo(3);
        assertThat(mirror.leastStretch()).isEqualTo(2);

        LinearMap nothing = new LinearMap(0, 0, 0, 0);
        assertThat(nothing.mostStretch()).isZero();
        assertThat(nothing.leastStretch()).isZero();
        assertThat(nothing.logVolume()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}

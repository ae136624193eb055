package org.curvature4j.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorsTest {
    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-320, 1e-309, 1e-308, 1e-200, 1, 1e200, 1e308})
    void normsNeitherOverflowNorVanish(double number) {
        assertThat(Vectors.norm(new double[] {number, 0})).isEqualTo(number);
        assertThat(Vectors.norm(new double[] {0, -number, 0})).isEqualTo(number);
    }

    @Test
    void normsOfExtremesAreInfiniteOrNotNumbers() {
        assertThat(Vectors.norm(new double[] {Double.POSITIVE_INFINITY, 1})).isInfinite();
        assertThat(Vectors.norm(new double[] {Double.NaN, 1})).isNaN();
        assertThat(Vectors.norm(new double[] {0, 0})).isZero();
    }

    @Test
    void dividesBySubnormalNumbers() {
        double[] vector = {3e-310, -4e-310};
        Vectors.divide(vector, Vectors.norm(vector));

        assertThat(Vectors.norm(vector)).isBetween(1 - 1e-13, 1 + 1e-13);
    }
}

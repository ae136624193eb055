package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotationTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "0.5, 0", "2e-14, -13", "1e-14, -14", "9.9e-15, -14", "12, 2"})
    void powerAbove(double value, int power) {
        assertThat(Notation.powerAbove(value)).isEqualTo(power);
    }

    @Test
    void matricesAndPoints() {
        double[][] matrix = {{1, -0.25}, {10, 0}};

        assertThat(Notation.lines(matrix, 2)).containsExactly("[[ 1.00, -0.25],", " [10.00,  0.00]]");
        assertThat(Notation.latex(matrix, 1)).isEqualTo("\\begin{bmatrix} 1.0 & -0.3 \\\\ 10.0 & 0.0 \\end{bmatrix}");
        assertThat(Notation.point(new double[] {1.2, -0.8}, 1)).isEqualTo("(1.2, -0.8)");
        assertThat(Notation.full(-1.4864085014535444)).isEqualTo("-1.4864085014535444");
        assertThat(Double.parseDouble(Notation.full(2e-3 / 3))).isEqualTo(2e-3 / 3);
        assertThat(Notation.measured(0)).isEqualTo("0");
        assertThat(Notation.measured(2.22e-16)).isEqualTo("2.2e-16");
    }
}

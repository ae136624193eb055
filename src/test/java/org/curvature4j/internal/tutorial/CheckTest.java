package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckTest {
    private static INDArray array(double... values) {
        return Nd4j.createFromArray(values);
    }

    @Test
    void measuresTheLargestDifferenceAndTellsABoundThatRoundingDoesNotMove() {
        Check none = Check.of(Check.Kind.EXACT, "a against b", array(1, -2), array(1, -2));
        Check rounding = Check.of(Check.Kind.EXACT, "a against b", array(1, -2), array(1, -2 + 4e-16));
        Check more = Check.of(Check.Kind.EXACT, "a against b", array(1, -2), array(1 + 3e-12, -2));

        assertThat(none.scale()).isEqualTo(2);
        assertThat(none.difference()).isZero();
        assertThat(none.power()).isEqualTo(rounding.power()).isEqualTo(-13);
        assertThat(more.power()).isEqualTo(-11);
        assertThat(rounding.line()).contains("a against b", "4.4e-16 of 2 numbers up to 2.00");
        assertThat(Check.table(List.of(none, more)))
                .isEqualTo(
                        """
                        | Compared | Numbers | Largest magnitude | Largest difference |
                        | :--- | ---: | ---: | ---: |
                        | a against b | 2 | 2.00 | at most $10^{-13}$ |
                        | a against b | 2 | 2.00 | at most $10^{-11}$ |"""
                                .stripIndent());
    }

    @Test
    void failsWhereTheNumbersDisagree() {
        assertThatThrownBy(() -> Check.of(Check.Kind.EXACT, "a against b", array(1, 2), array(1, 2.1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a against b: expected a difference of at most 2.0E-9, got 0.1000");
        assertThatThrownBy(() -> Check.of(Check.Kind.SECOND_DIFFERENCES, "c", array(1, 2), array(1, 2.001)))
                .hasMessageStartingWith("c: expected");
        assertThatThrownBy(() -> Check.of(Check.Kind.EXACT, "NaN", array(1, Double.NaN), array(1, Double.NaN)))
                .hasMessageStartingWith("NaN: expected");
        assertThatThrownBy(() -> Check.of(Check.Kind.EXACT, "NaN", array(1, 2), array(Double.NaN, 2)))
                .hasMessageStartingWith("NaN: expected");
        assertThatThrownBy(() -> Check.of(Check.Kind.EXACT, "shapes", array(1, 2), array(1)))
                .hasMessage("shapes: expected equal shapes, got [2] and [1]");
    }
}

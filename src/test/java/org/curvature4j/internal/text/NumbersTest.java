package org.curvature4j.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @Test
    void briefly() {
        assertThat(Numbers.brief(0.25)).isEqualTo("0.25");
        assertThat(Numbers.brief(-1234567.8)).isEqualTo("-1.23457e+06");
        assertThat(Numbers.brief(100000)).isEqualTo("100000");
        assertThat(Numbers.brief(1e-12)).isEqualTo("1e-12");
        assertThat(Numbers.brief(-0.0)).isEqualTo("0");
        assertThat(Numbers.brief(Double.NaN)).isEqualTo("undefined");
        assertThat(Numbers.brief(Double.NEGATIVE_INFINITY)).isEqualTo("-infinite");
        assertThat(Numbers.count(1, "a", "b")).isEqualTo("1 a");
        assertThat(Numbers.count(12345, "a", "b")).isEqualTo("12,345 b");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 0",
        "1, 3, 1",
        "-0.5, 3, -0.5",
        "123456, 3, 1.23e5",
        "99999, 2, 1e5",
        "0.00123, 3, 0.00123",
        "1.5e-17, 2, 1.5e-17",
        "-2.4359999, 4, -2.436",
        "1e300, 1, 1e300",
        "4.9e-324, 2, 4.9e-324"
    })
    void compactly(double value, int digits, String expected) {
        assertThat(Numbers.compact(value, digits)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1.25, 5, 1.25000",
        "-0.029835964, 8, -0.02983596",
        "-1e-17, 5, 0.00000",
        "-0.4, 0, 0",
        "-0.6, 0, -1",
        "-0.00001, 5, -0.00001",
        "1234.5, 1, 1234.5"
    })
    void fixedHasNoNegativeZero(double value, int decimals, String expected) {
        assertThat(Numbers.fixed(value, decimals)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "38.61234, 0.71234, 38.61 +- 0.71",
        "38.61234, 7.1, 38.6 +- 7.1",
        "12345.6, 340, 12350 +- 340",
        "0.5, 0.04, 0.500 +- 0.040",
        "0.5, 3, 0.5 +- 3.0",
        "-1.234e-9, 5.6e-11, (-1.234 +- 0.056)e-9",
        "1.234e12, 2e10, (1.234 +- 0.020)e12"
    })
    void withAsManyDigitsAsTheErrorLeaves(double value, double error, String expected) {
        assertThat(Numbers.withError(value, error)).isEqualTo(expected);
    }

    @Test
    void withSoManySignificantDigits() {
        assertThat(Numbers.significant(1234.5, 2)).isEqualTo("1200");
        assertThat(Numbers.significant(0.0099588, 2)).isEqualTo("0.010");
        assertThat(Numbers.significant(9.96e-5, 2)).isEqualTo("0.00010");
        assertThat(Numbers.significant(-2.34e-8, 2)).isEqualTo("-2.3e-08");
        assertThat(Numbers.significant(0, 2)).isEqualTo("0");
    }

    @Test
    void countsAndShares() {
        assertThat(Numbers.grouped(40401)).isEqualTo("40,401");
        assertThat(Numbers.percent(0.1234)).isEqualTo("12.3 %");
    }
}

package org.curvature4j.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final List<BiFunction<LinearOperator, Budget, Estimate>> TRACES =
            List.of(Hutchinson::trace, HutchPlusPlus::trace, XTrace::trace);

    @Test
    void exactWithAProductForEachRow() {
        double[] matrix = Spectra.random(7, 7, 2);
        for (var method : TRACES) {
            Estimate estimate = method.apply(Spectra.operator(matrix, 7), Budget.of(100));
            assertThat(estimate.value()).isEqualTo(Spectra.trace(matrix, 7), within(1e-14));
            assertThat(estimate.exact()).isTrue();
            assertThat(estimate.standardError()).isZero();
            assertThat(estimate.products()).isEqualTo(7);
            assertThat(estimate.report()).contains("exact but for rounding");
            assertThat(estimate.confidenceInterval(0.95).low()).isEqualTo(estimate.value());
        }
    }

    @Test
    void oneRow() {
        for (var method : TRACES) {
            assertThat(method.apply(DiagonalOperator.of(-3), Budget.of(1)).value())
                    .isEqualTo(-3);
        }
        assertThat(Hutchinson.squaredFrobenius(DiagonalOperator.of(-3), Budget.of(1))
                        .value())
                .isEqualTo(9);
    }

    @Test
    void theZeroMatrix() {
        LinearOperator zero = DiagonalOperator.of(new double[40]);
        for (var method : TRACES) {
            Estimate estimate = method.apply(zero, Budget.of(12));
            assertThat(estimate.value()).isZero();
            assertThat(estimate.standardError()).isZero();
            assertThat(estimate.relativeStandardError()).isZero();
        }
        assertThat(XDiag.diagonal(zero, Budget.of(12)).values()).containsOnly(0);
    }

    @Test
    void fewDirectionsAreFoundToRounding() {
        for (double scale : new double[] {1, 1e-150, 1e150, 1e-290}) {
            LinearOperator rankThree = Spectra.operator(Spectra.symmetric(50, i -> i < 3 ? scale * (i - 3.5) : 0), 50);
            for (var method :
                    List.<BiFunction<LinearOperator, Budget, Estimate>>of(HutchPlusPlus::trace, XTrace::trace)) {
                Estimate estimate = method.apply(rankThree, Budget.of(20));
                assertThat(estimate.value() / scale).isEqualTo(-7.5, within(1e-12));
                assertThat(estimate.standardError() / scale).isLessThan(1e-12);
            }
        }
    }

    @Test
    void thereIsNoVarianceWhereSignsHaveNone() {
        LinearOperator diagonal = DiagonalOperator.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1e3});
        Estimate estimate = Hutchinson.trace(diagonal, Budget.of(4));
        assertThat(estimate.value()).isEqualTo(1045, within(1e-10));
        assertThat(estimate.standardError()).isLessThan(1e-12);
        assertThat(XTrace.trace(DiagonalOperator.identity(30), Budget.of(6)).standardError())
                .isLessThan(1e-12);
    }

    @Test
    void tinyMatricesKeepTheirStandardError() {
        double[] matrix = Spectra.symmetric(40, i -> 1.0 / (i + 1));
        Estimate plain = XTrace.trace(Spectra.operator(matrix, 40), Budget.of(12));
        Estimate tiny = XTrace.trace(Spectra.operator(matrix, 40).times(0x1p-900), Budget.of(12));
        assertThat(tiny.standardError() * 0x1p900).isEqualTo(plain.standardError(), within(1e-12));
        assertThat(plain.standardError()).isGreaterThan(1e-3);
    }

    @Test
    void theSameSeedTheSameBits() {
        LinearOperator operator = Spectra.operator(Spectra.random(40, 40, 4), 40);
        for (var method : TRACES) {
            Estimate first = method.apply(operator, Budget.of(12).seed(5));
            assertThat(method.apply(operator, Budget.of(12).seed(5))).isEqualTo(first);
            assertThat(method.apply(operator, Budget.of(12).seed(6)).value()).isNotEqualTo(first.value());
        }
    }

    @Test
    void progressAndProductsAgree() {
        LinearOperator operator = Spectra.operator(Spectra.symmetric(90, i -> 1.0 / (i + 1)), 90);
        for (var method : TRACES) {
            AtomicLong heard = new AtomicLong();
            Estimate estimate = method.apply(operator, Budget.of(75).progress(heard::addAndGet));
            assertThat(estimate.products()).isEqualTo((int) heard.get()).isBetween(74, 75);
        }
    }

    @Test
    void stopsAtARelativeStandardError() {
        LinearOperator operator = Spectra.operator(Spectra.symmetric(2000 / 8, i -> 2 + Math.cos(i)), 250);
        Estimate estimate = Hutchinson.trace(operator, Budget.of(240), Probes.RADEMACHER, 0.01);
        assertThat(estimate.relativeStandardError()).isLessThanOrEqualTo(0.01);
        assertThat(estimate.products()).isLessThan(100).isGreaterThanOrEqualTo(32);
    }

    @Test
    void theFactorIsStudents() {
        Estimate estimate = new Estimate("trace", "test", 10, 2, 5, 5, 0, false);
        // t(0.975, 4 degrees of freedom), Abramowitz and Stegun, table 26.10.
        assertThat(estimate.confidenceInterval(0.95).high()).isEqualTo(10 + 2 * 2.776, within(1e-3));
        assertThat(estimate.report()).contains("standard error 2").contains("from 4.44711 to 15.5529");
        assertThatThrownBy(() -> estimate.confidenceInterval(1)).hasMessageContaining("level: expected");
    }

    @Test
    void refusals() {
        LinearOperator wide = MatrixOperator.of(new double[6], 2, 3);
        LinearOperator bad = Spectra.operator(Spectra.random(40, 40, 4), 40).times(Double.NaN);
        LinearOperator overflowing = DiagonalOperator.identity(40).times(1e308);
        for (var method : TRACES) {
            assertThatThrownBy(() -> method.apply(wide, Budget.of(9)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("trace: expected a square operator");
            assertThatThrownBy(() -> method.apply(bad, Budget.of(9)))
                    .hasMessageContaining("operator: expected finite products, got NaN in row 0 of product 0");
            assertThatThrownBy(() -> method.apply(bad, Budget.of(1)))
                    .hasMessageContaining("products: expected at least");
            assertThatThrownBy(() -> method.apply(overflowing, Budget.of(9)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Hutchinson.squaredFrobenius(wide.plus(wide).times(1), Budget.of(0)))
                .hasMessageContaining("products: expected at least 1, got 0");
        assertThatThrownBy(() -> Hutchinson.squaredFrobenius(DiagonalOperator.of(1e-200, 1e-200), Budget.of(2)))
                .hasMessageContaining("scale the operator");
        assertThatThrownBy(() -> Hutchinson.trace(bad, Budget.of(9), Probes.RADEMACHER, -1))
                .hasMessageContaining("relativeError: expected");
    }

    @Test
    void theNormOfARectangle() {
        double[] matrix = Spectra.random(9, 50, 8);
        double truth = 0;
        for (double entry : matrix) {
            truth += entry * entry;
        }
        Estimate exact = Hutchinson.squaredFrobenius(MatrixOperator.of(matrix, 9, 50), Budget.of(50));
        assertThat(exact.value()).isEqualTo(truth, within(1e-12 * truth));
        Estimate estimate = Hutchinson.squaredFrobenius(MatrixOperator.of(matrix, 9, 50), Budget.of(49));
        assertThat(estimate.value()).isEqualTo(truth, within(5 * estimate.standardError()));
    }
}

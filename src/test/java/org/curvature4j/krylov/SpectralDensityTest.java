package org.curvature4j.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.operator.LinearOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralDensityTest {
    private static final DensityOptions STANDARD = DensityOptions.standard();

    @ParameterizedTest
    @ValueSource(ints = {200, 700, 2000})
    void isCloseToTheTrueSpectrumAtTheStandardSteps(int n) {
        for (double[] values : new double[][] {Operators.netLike(n), gaussNewtonLike(n), normal(n)}) {
            for (int seed = 0; seed < 2; seed++) {
                SpectralDensity density = SpectralDensity.of(Operators.rotated(values), STANDARD.seed(seed));
                double width = values[n - 1] - values[0];
                double size = Arrays.stream(values).map(Math::abs).average().orElseThrow();
                assertThat(density.wasserstein(values)).isLessThan(0.01 * width);
                // Relative to the mean magnitude it is what 20 probes know of the outliers' shares, each 1 / n.
                assertThat(density.wasserstein(values)).isLessThan(0.25 * size);
                assertThat(broadenedDistance(density, values)).isLessThan(0.02 * width);
                assertThat(density.products()).isLessThanOrEqualTo(2000);
                assertThat(density.momentError()).isLessThan(1e-12);
                assertThat(density.smallest()).isBetween(values[0] - 1e-10, values[0] + 0.05 * width);
                assertThat(density.largest()).isBetween(values[n - 1] - 1e-8, values[n - 1] + 1e-10);
            }
        }
    }

    @Test
    void sharesComeWithTheErrorThatTheProbesLeave() {
        double[] values = Operators.netLike(500);
        LinearOperator operator = Operators.rotated(values);
        int within = 0;
        for (int seed = 0; seed < 20; seed++) {
            SpectralDensity density =
                    SpectralDensity.of(operator, STANDARD.seed(seed).probes(10));
            SpectralSum share = density.share(0.05 * values[499]);
            assertThat(share.value()).isCloseTo(density.cumulative(0.05 * values[499]), within(1e-12));
            double exact = Arrays.stream(values)
                            .filter(each -> each <= 0.05 * values[499])
                            .count()
                    / 500.0;
            assertThat(share.standardError()).isBetween(1e-4, 0.1);
            within += Math.abs(share.value() - exact) < 3 * share.standardError() ? 1 : 0;
        }
        assertThat(within).isGreaterThanOrEqualTo(17);
        assertThat(SpectralDensity.of(operator, STANDARD.probes(1)).share(0).standardError())
                .isNaN();
    }

    @Test
    void hasNoGhosts() {
        double[] values = Operators.netLike(1000);
        SpectralDensity density = SpectralDensity.of(Operators.rotated(values), STANDARD.probes(4));
        for (int probe = 0; probe < 4; probe++) {
            for (int outlier = 990; outlier < 1000; outlier++) {
                double value = values[outlier];
                assertThat(Arrays.stream(density.nodes(probe)).filter(node -> Math.abs(node - value) < 1e-3 * value))
                        .hasSize(1);
            }
            assertThat(Arrays.stream(density.weights(probe)).sum()).isCloseTo(1, within(1e-13));
        }
    }

    @Test
    void endsProbesExactlyWhereTheSpaceIsInvariant() {
        SpectralDensity one = SpectralDensity.of(Operators.multiple(3, 40), STANDARD);
        assertThat(one.products()).isEqualTo(20);
        assertThat(one.nodes(7)).containsExactly(3);
        assertThat(one.trace().value()).isCloseTo(120, within(1e-12));
        assertThat(one.trace().standardError()).isLessThan(1e-13);
        assertThat(one.trace().quadratureError()).isZero();
        assertThat(one.cumulative(3)).isCloseTo(1, within(1e-14));
        assertThat(one.cumulative(2.999)).isZero();
        assertThat(integral(one)).isCloseTo(1, within(1e-4));
        SpectralDensity zero = SpectralDensity.of(Operators.multiple(0, 40), STANDARD);
        assertThat(zero.trace()).isEqualTo(new SpectralSum(0, 0, 0));
        assertThat(zero.momentError()).isZero();
        assertThat(integral(zero)).isCloseTo(1, within(1e-4));
        SpectralDensity single = SpectralDensity.of(DiagonalOperator.of(-2), STANDARD.probes(1));
        assertThat(single.nodes(0)).containsExactly(-2);
        assertThat(single.trace().standardError()).isNaN();
        double[] two = new double[50];
        Arrays.fill(two, 20, 50, 1);
        SpectralDensity projector = SpectralDensity.of(Operators.rotated(two), STANDARD.probes(60));
        assertThat(projector.products()).isEqualTo(120);
        assertThat(projector.cumulative(0.5)).isCloseTo(0.4, within(0.05));
    }

    /** Most eigenvalues nearly zero, of both signs: a few steps can't tell these. */
    @Test
    void boundsSharesByWhatAllStepsSay() {
        double[] values = new double[120];
        Arrays.setAll(values, i -> i < 100 ? Math.sin(3 * i) * 1e-9 : (i % 3 - 0.7) * i);
        SpectralDensity few =
                SpectralDensity.of(Operators.rotated(values), STANDARD.steps(25).probes(4));
        SpectralDensity all = SpectralDensity.of(
                Operators.rotated(values), STANDARD.steps(120).probes(4));
        for (double value : new double[] {-200, -50, -1e-6, -1e-10, 0, 1e-10, 1e-6, 30, 140, 200}) {
            double truth = all.cumulative(value);
            double[] bounds = few.bounds(value);
            assertThat(bounds[0]).isLessThanOrEqualTo(truth + 1e-6);
            assertThat(bounds[1]).isGreaterThanOrEqualTo(truth - 1e-6);
        }
        assertThat(few.bounds(-1e-6)[1] - few.bounds(-1e-6)[0]).isGreaterThan(0.1);
        SpectralDensity exact = SpectralDensity.of(Operators.multiple(3, 40), STANDARD);
        assertThat(exact.bounds(2.9)).containsExactly(0, 0);
    }

    @Test
    void estimatesSumsWithinTheirStandardErrors() {
        double[] values = gaussNewtonLike(400);
        for (int i = 0; i < values.length; i++) {
            values[i] += 0.01;
        }
        LinearOperator operator = Operators.rotated(values);
        double trace = Arrays.stream(values).sum();
        double logDeterminant = Arrays.stream(values).map(Math::log).sum();
        double dimension = Arrays.stream(values).map(v -> v / (v + 0.1)).sum();
        double square = Arrays.stream(values).map(v -> v * v).sum() / 400;
        int[] within = new int[4];
        for (int seed = 0; seed < 100; seed++) {
            SpectralDensity density =
                    SpectralDensity.of(operator, STANDARD.steps(40).seed(seed));
            SpectralSum[] sums = {
                density.trace(), density.logDeterminant(), density.effectiveDimension(0.1), density.moment(2)
            };
            double[] exact = {trace, logDeterminant, dimension, square};
            for (int i = 0; i < 4; i++) {
                // Student's t with 19 degrees of freedom: 95 of 100 within 2.09 standard errors.
                within[i] += Math.abs(sums[i].value() - exact[i]) < 2.09 * sums[i].standardError() ? 1 : 0;
                assertThat(sums[i].quadratureError()).isLessThan(sums[i].standardError());
            }
        }
        assertThat(Arrays.stream(within).min().orElseThrow()).isGreaterThanOrEqualTo(87);
    }

    @Test
    void tellsWhenMoreStepsWouldChangeTheValue() {
        double[] values = gaussNewtonLike(400);
        for (int i = 0; i < values.length; i++) {
            values[i] += 1e-6;
        }
        LinearOperator operator = Operators.rotated(values);
        SpectralSum few = SpectralDensity.of(operator, STANDARD.steps(8)).logDeterminant();
        SpectralSum many = SpectralDensity.of(operator, STANDARD.steps(400)).logDeterminant();
        assertThat(few.quadratureError()).isGreaterThan(0.1 * Math.abs(few.value() - many.value()));
        assertThat(many.quadratureError()).isLessThan(1e-2 * few.quadratureError());
    }

    @Test
    void hasTheSameBitsAgainAndTellsItsProgress() {
        LinearOperator operator = Operators.rotated(Operators.netLike(20_000));
        AtomicLong heard = new AtomicLong();
        DensityOptions options = STANDARD.steps(20).probes(3).seed(8);
        SpectralDensity first = SpectralDensity.of(operator, options.threads(1).progress(heard::addAndGet));
        SpectralDensity second = SpectralDensity.of(operator, options.threads(3));
        assertThat(second.nodes(2)).isEqualTo(first.nodes(2));
        assertThat(second.weights(2)).isEqualTo(first.weights(2));
        assertThat(second.density(second.grid(50))).isEqualTo(first.density(first.grid(50)));
        assertThat(heard).hasValue(60);
        SpectralDensity.of(Operators.multiple(1, 50), options.progress(heard::addAndGet));
        assertThat(heard).hasValue(120);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void hasTheSameBitsHoweverManyProbesGoInStep(int threads) {
        LinearOperator full = Operators.rotated(Operators.netLike(300));
        // A probe in it ends early, while the others go on.
        LinearOperator invariant = DiagonalOperator.of(
                IntStream.range(0, 300).mapToDouble(i -> i < 299 ? 0 : 1).toArray());
        for (LinearOperator operator : List.of(full, full.plus(invariant), invariant)) {
            AtomicLong heard = new AtomicLong();
            DensityOptions options =
                    STANDARD.steps(60).probes(7).threads(threads).progress(heard::addAndGet);
            long each = 300L * 62 * Double.BYTES;
            SpectralDensity alone = SpectralDensity.of(operator, options, 0);
            for (long bytes : new long[] {3 * each, Long.MAX_VALUE}) {
                SpectralDensity inStep = SpectralDensity.of(operator, options, bytes);
                for (int probe = 0; probe < 7; probe++) {
                    assertThat(inStep.nodes(probe)).isEqualTo(alone.nodes(probe));
                    assertThat(inStep.weights(probe)).isEqualTo(alone.weights(probe));
                }
                assertThat(inStep.products()).isEqualTo(alone.products());
            }
            assertThat(heard).hasValue(3 * 7 * 60);
        }
    }

    @Test
    void givesTheOperatorProbesTogether() {
        List<Integer> counts = new ArrayList<>();
        LinearOperator operator = new LinearOperator(50, 50, true) {
            @Override
            protected void multiply(double[] vector, double[] product) {
                System.arraycopy(vector, 0, product, 0, 50);
                product[0] *= 2;
            }

            @Override
            protected void multiplyBlock(double[][] vectors, double[][] products) {
                counts.add(vectors.length);
                super.multiplyBlock(vectors, products);
            }
        };
        SpectralDensity.of(operator, STANDARD.steps(2).probes(7), 4 * 50 * 4 * Double.BYTES);
        assertThat(counts).containsExactly(4, 4, 3, 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-150, 1e150})
    void isTheSameAtEveryScale(double scale) {
        double[] plain = Operators.netLike(200);
        double[] scaled = Arrays.stream(plain).map(v -> v * scale).toArray();
        SpectralDensity one = SpectralDensity.of(Operators.rotated(plain), STANDARD.probes(3));
        SpectralDensity other = SpectralDensity.of(Operators.rotated(scaled), STANDARD.probes(3));
        assertThat(other.trace().value() / scale).isCloseTo(one.trace().value(), within(1e-9));
        assertThat(other.width() / scale).isCloseTo(one.width(), within(1e-9));
        assertThat(other.momentError()).isLessThan(1e-12);
        assertThat(integral(other)).isCloseTo(1, within(1e-4));
    }

    @Test
    void broadensAsWideAsAskedFor() {
        SpectralDensity density =
                SpectralDensity.of(DiagonalOperator.of(1, 1, 1), STANDARD).withWidth(0.1);
        assertThat(density.width()).isEqualTo(0.1);
        assertThat(density.density(1, 1.1, 100))
                .containsExactly(new double[] {3.989422804014327, 2.4197072451914337, 0}, within(1e-13));
    }

    @Test
    void measuresDistancesBetweenSteps() {
        assertThat(StepDistribution.of(new double[] {0, 1}).distance(StepDistribution.of(new double[] {5})))
                .isEqualTo(4.5);
        assertThat(StepDistribution.of(new double[] {5}).distance(StepDistribution.of(new double[] {1, 0})))
                .isEqualTo(4.5);
        assertThat(StepDistribution.of(new double[] {1, 2, 3}).distance(StepDistribution.of(new double[] {3, 2, 1})))
                .isZero();
        StepDistribution steps = StepDistribution.of(new double[] {1, 1, 2});
        assertThat(steps.upTo(0.5)).isZero();
        assertThat(steps.upTo(1)).isEqualTo(2 / 3.0);
        assertThat(steps.upTo(1.5)).isEqualTo(2 / 3.0);
        assertThat(steps.upTo(7)).isEqualTo(1);
    }

    @Test
    void refusesWhatHasNoMeaning() {
        SpectralDensity indefinite = SpectralDensity.of(DiagonalOperator.of(1, -0.5), STANDARD);
        assertThatThrownBy(indefinite::logDeterminant)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected a positive definite operator, got a Ritz value of -0.5");
        assertThatThrownBy(() ->
                        SpectralDensity.of(DiagonalOperator.of(1, 0), STANDARD).logDeterminant())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> indefinite.effectiveDimension(0.5))
                .hasMessageContaining("expected eigenvalues above -0.5");
        assertThatThrownBy(() -> indefinite.effectiveDimension(0)).hasMessageContaining("alpha: expected");
        assertThatThrownBy(() -> indefinite.withWidth(0)).hasMessageContaining("width: expected");
        assertThatThrownBy(() -> indefinite.moment(0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> indefinite.grid(1)).hasMessageContaining("got 1");
        assertThatThrownBy(() -> STANDARD.steps(1)).hasMessage("steps: expected at least 2, got 1");
        assertThatThrownBy(() -> STANDARD.probes(0)).hasMessage("probes: expected at least 1, got 0");
        assertThatThrownBy(() -> SpectralDensity.of(Operators.multiple(Double.NaN, 3), STANDARD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected finite products, got NaN");
    }

    /** The Wasserstein distance of the broadened density, by the trapezoidal rule. */
    private static double broadenedDistance(SpectralDensity density, double[] values) {
        double[] places = density.grid(4000);
        double[] heights = density.density(places);
        double step = places[1] - places[0];
        double share = 0;
        double area = 0;
        int below = 0;
        for (int i = 1; i < places.length; i++) {
            share += step * (heights[i - 1] + heights[i]) / 2;
            while (below < values.length && values[below] <= places[i]) {
                below++;
            }
            area += step * Math.abs(share - (double) below / values.length);
        }
        return area;
    }

    private static double integral(SpectralDensity density) {
        double[] places = density.grid(2001);
        return Arrays.stream(density.density(places)).sum() * (places[1] - places[0]);
    }

    /** Positive semidefinite: ten outliers, then a power law down to nothing. */
    private static double[] gaussNewtonLike(int n) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> i < 10 ? 30.0 / (i + 1) : i < n / 2 ? 10 / Math.pow(i, 1.5) : 0);
        Arrays.sort(values);
        return values;
    }

    private static double[] normal(int n) {
        double[] values = new double[n];
        StandardNormal.fill(3, 0, values, 0, n);
        Arrays.sort(values);
        return values;
    }
}

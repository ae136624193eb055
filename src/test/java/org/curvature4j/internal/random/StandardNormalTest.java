package org.curvature4j.internal.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardNormalTest {
    /** The first outputs of SplitMix64 started at 0, as its authors' C program prints them. */
    @Test
    void seedZeroIsSplitMix64() {
        assertThat(StandardNormal.bits(0, 0)).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(StandardNormal.bits(0, 1)).isEqualTo(0x6e789e6aa1b965f4L);
        assertThat(StandardNormal.bits(0, 2)).isEqualTo(0x06c45d188009454fL);
    }

    /** Java's own SplittableRandom is SplitMix64 too. */
    @Test
    void bitsAreThoseOfJavasSplittableRandom() {
        SplittableRandom java = new SplittableRandom(0);
        for (int i = 0; i < 1000; i++) {
            assertThat(StandardNormal.bits(0, i)).isEqualTo(java.nextLong());
        }
    }

    /** Computed by a separate program in Python with 40 digits. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1.1917013116694628",
        "1, 0, 0.6736977112341552",
        "42, 0, 0.24331387536681362",
        "42, 1, -0.9929572767442797",
        "42, 2, -0.9684982191711585",
        "7, 123456789, -0.6027443927882542",
        "-1, 1099511627776, 0.03797718737087244"
    })
    void valuesAreThoseOfTheExactInverse(long seed, long index, double expected) {
        assertThat(StandardNormal.value(seed, index)).isCloseTo(expected, within(4e-16 * Math.abs(expected)));
    }

    /** The bits that every platform must give; a change here changes everybody's experiments. */
    @Test
    void bitsNeverChange() {
        long[] bits = {0x3ff31135650387c4L, 0x3fcf24e8b8ae86a9L, 0xbfefc64e56be2412L, 0x3fa371bef3810114L};
        assertThat(new long[] {
                    Double.doubleToRawLongBits(StandardNormal.value(0, 0)),
                    Double.doubleToRawLongBits(StandardNormal.value(42, 0)),
                    Double.doubleToRawLongBits(StandardNormal.value(42, 1)),
                    Double.doubleToRawLongBits(StandardNormal.value(-1, 1L << 40))
                })
                .isEqualTo(bits);
        long hash = 0;
        for (int i = 0; i < 1_000_000; i++) {
            hash = 31 * hash + Double.doubleToRawLongBits(StandardNormal.value(2024, i));
        }
        assertThat(hash).isEqualTo(-7011940455216383802L);
    }

    /** Few are computed one by one, many together; number -1 of seed 0 is the furthest out that there is. */
    @ParameterizedTest
    @CsvSource({"7, 0, 20", "7, 123, 32", "2024, 5, 5000", "0, -20, 64"})
    void manyTogetherAreThoseOfEach(long seed, long first, int count) {
        double[] together = new double[count + 3];
        StandardNormal.fill(seed, first, together, 3, count);
        double[] each = new double[count + 3];
        Arrays.setAll(each, i -> i < 3 ? 0 : StandardNormal.value(seed, first + i - 3));
        assertThat(together).containsExactly(each);
    }

    /** Against mpmath with 40 digits, in all three regions of the algorithm and at their borders. */
    @ParameterizedTest
    @CsvSource({
        "1.1102230246251565e-16, -8.209536151601387",
        "1e-12, -7.034483825301132",
        "1e-5, -4.264890793922825",
        "0.01, -2.326347874040841",
        "0.074, -1.4466320671589785",
        "0.076, -1.4325027208258116",
        "0.3, -0.5244005127080408",
        "0.6, 0.2533471031357997",
        "0.9999, 3.7190164854557084"
    })
    void quantiles(double p, double expected) {
        assertThat(StandardNormal.quantile(p)).isCloseTo(expected, within(7e-16 * Math.abs(expected)));
        assertThat(StandardNormal.quantile(0.5)).isZero();
    }

    /** Kolmogorov-Smirnov distance, mean, variance, fourth moment and neighbours' correlation, all within 4 sigma. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -1, 20240501})
    void numbersAreStandardNormalAndUncorrelated(long seed) {
        int n = 200_000;
        double[] x = new double[n];
        StandardNormal.fill(seed, 0, x, 0, n);

        double root = Math.sqrt(n);
        assertThat(Arrays.stream(x).sum() / root).isBetween(-4.0, 4.0);
        assertThat((Arrays.stream(x).map(v -> v * v).sum() / n - 1) * root / Math.sqrt(2))
                .isBetween(-4.0, 4.0);
        assertThat((Arrays.stream(x).map(v -> v * v * v * v).sum() / n - 3) * root / Math.sqrt(96))
                .isBetween(-4.0, 4.0);
        for (int lag : new int[] {1, 2, 11}) {
            double sum = 0;
            for (int i = lag; i < n; i++) {
                sum += x[i] * x[i - lag];
            }
            assertThat(sum / root).isBetween(-4.0, 4.0);
        }

        Arrays.sort(x);
        double distance = 0;
        for (int i = 0; i < n; i++) {
            double p = distribution(x[i]);
            distance = Math.max(distance, Math.max(p - (double) i / n, (i + 1.0) / n - p));
        }
        // 1.95 / sqrt(n): exceeded once in a thousand seeds.
        assertThat(distance * root).isLessThan(1.95);
    }

    @Test
    void neighbouringSeedsAndOtherStreamsAreUnrelated() {
        int n = 100_000;
        double[] one = new double[n];
        StandardNormal.fill(5, 0, one, 0, n);
        for (long seed : new long[] {6, StandardNormal.otherSeed(5, 0), StandardNormal.otherSeed(5, 1)}) {
            double product = 0;
            for (int i = 0; i < n; i++) {
                product += one[i] * StandardNormal.value(seed, i);
            }
            assertThat(product / Math.sqrt(n)).isBetween(-4.0, 4.0);
        }
    }

    @Test
    void piecesAreThoseOfTheWhole() {
        double[] whole = new double[1000];
        StandardNormal.fill(8, 50, whole, 0, 1000);
        double[] pieces = new double[1003];
        for (int from = 930; from > 0; from -= 70) {
            StandardNormal.fill(8, 50 + from, pieces, 3 + from, 70);
        }
        StandardNormal.fill(8, 50, pieces, 3, 20);

        assertThat(Arrays.copyOfRange(pieces, 3, 1003)).isEqualTo(whole);
    }

    /** The normal distribution function by Simpson's rule on its density, to 1e-9: enough for a sample's distance. */
    private static double distribution(double x) {
        double end = Math.min(Math.abs(x), 9);
        int steps = 200;
        double h = end / steps;
        double sum = 1 + Math.exp(-end * end / 2);
        for (int i = 1; i < steps; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * Math.exp(-i * h * (i * h) / 2);
        }
        double half = sum * h / 3 / Math.sqrt(2 * Math.PI);
        return x < 0 ? 0.5 - half : 0.5 + half;
    }
}

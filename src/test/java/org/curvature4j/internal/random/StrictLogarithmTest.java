package org.curvature4j.internal.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StrictLogarithmTest {
    private static final int RANDOM = 2_000_000;

    @Test
    void hasTheBitsOfStrictMathForUniformNumbers() {
        requireSameBits(LongStream.range(0, RANDOM).mapToDouble(i -> StandardNormal.uniform(7, i)));
    }

    @Test
    void hasTheBitsOfStrictMathForAnyMantissaAndExponent() {
        SplittableRandom random = new SplittableRandom(8);
        requireSameBits(random.longs(RANDOM, Double.doubleToRawLongBits(Double.MIN_NORMAL), bits(Double.MAX_VALUE) + 1)
                .mapToDouble(Double::longBitsToDouble));
    }

    /** Around powers of two, the roots of two between them, and the ends of the two polynomials' ranges. */
    @Test
    void hasTheBitsOfStrictMathAroundEachOfItsBranches() {
        long[] mantissas = {0, 2, 0x6147a, 0x6b851, 0x100000 - 0x95f64, 0xffffd, 0xfffff};
        requireSameBits(LongStream.of(mantissas)
                .flatMap(high -> LongStream.rangeClosed(-60, 60).flatMap(exponent -> LongStream.rangeClosed(-300, 300)
                        .map(step -> ((exponent + 1023) << 52 | (high << 32)) + step)))
                .mapToDouble(Double::longBitsToDouble));
    }

    @Test
    void hasTheBitsOfStrictMathAtTheEndsOfUniformNumbers() {
        requireSameBits(DoubleStream.of(0x1p-53, 1 - 0x1p-53, 0.075, Math.nextUp(0.075), 0.5, 1, Double.MIN_NORMAL));
    }

    private static long bits(double x) {
        return Double.doubleToRawLongBits(x);
    }

    private static void requireSameBits(DoubleStream numbers) {
        long[] different = numbers.filter(x -> bits(StrictLogarithm.of(x)) != bits(StrictMath.log(x)))
                .mapToLong(StrictLogarithmTest::bits)
                .limit(5)
                .toArray();
        assertThat(different).isEmpty();
    }
}

package org.curvature4j.internal.engine.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.curvature4j.op.Arithmetic;
import org.junit.jupiter.api.Test;

class ElementaryTest {
    /** Four ulps: two of the function, two of the formula that it is held to. */
    @Test
    void acoshIsThatOfItsSeriesNearOneAndOfItsLogarithmFarAway() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 1000; i++) {
            double t = Math.pow(10, -15 + 11 * random.nextDouble());
            double x = 1 + t;
            double exact = x - 1;
            double series = Math.sqrt(2 * exact) * (1 - exact / 12 * (1 - 9 * exact / 40 * (1 - 25 * exact / 84)));
            assertThat(Elementary.acosh(x)).isCloseTo(series, within(4 * Math.ulp(series)));
            double far = Math.pow(10, 10 + 290 * random.nextDouble());
            double logarithm = StrictMath.log(far) + StrictMath.log(2);
            assertThat(Elementary.acosh(far)).isCloseTo(logarithm, within(4 * Math.ulp(logarithm)));
        }
    }

    @Test
    void roundsHalvesAwayFromZero() {
        assertThat(DoubleStream.of(0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, -0.49999999999999994, 1e16, -0.2)
                        .map(Arithmetic::round))
                .containsExactly(1.0, -1.0, 2.0, 3.0, -3.0, 0.0, -0.0, 1e16, -0.0);
        assertThat(Arithmetic.round(Double.NaN)).isNaN();
        assertThat(Arithmetic.round(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}

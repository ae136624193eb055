package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.TensorFunction;
import org.junit.jupiter.api.Test;

class LineScanTest {
    private static final double TOLERANCE = 1e-12;

    @Test
    void alongTheMonkeySaddle() {
        ModelGraph saddle = Functions.monkeySaddle();
        TensorFunction function = TensorFunction.of(saddle.sd(), saddle.output(), saddle.input());
        // x^3 - 3 x y^2 from (1, 0.5) along x: (1 + t)^3 - 0.75 (1 + t), slope 3 (1 + t)^2 - 0.75, curvature 6.
        LineScan walk = LineScan.along("x", function, new double[] {1, 0.5}, new double[] {1, 0}, 6);

        assertThat(walk.slice().value()).isCloseTo(0.25, within(TOLERANCE));
        assertThat(walk.slice().slope()).isCloseTo(2.25, within(TOLERANCE));
        for (double step : new double[] {-2, -1, -0.1, 0, 0.5, 2}) {
            assertThat(walk.value(step)).isCloseTo(Math.pow(1 + step, 3) - 0.75 * (1 + step), within(TOLERANCE));
            assertThat(walk.slope(step)).isCloseTo(3 * Math.pow(1 + step, 2) - 0.75, within(TOLERANCE));
            assertThat(walk.model(step)).isCloseTo(0.25 + 2.25 * step + 3 * step * step, within(TOLERANCE));
        }
        assertThat(walk.largestChange()).isCloseTo(24.75 - 0.25, within(TOLERANCE));
        assertThat(walk.points().getDouble(0, 0)).isEqualTo(-1);
        assertThat(walk.points().getDouble(160, 0)).isEqualTo(3);
        assertThat(walk.gradients().getDouble(80, 1)).isCloseTo(-3, within(TOLERANCE));
    }
}

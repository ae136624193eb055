package org.curvature4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.curvature4j.internal.engine.DeviceCheck.Promise;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.UntrustedDeviceException;
import org.curvature4j.internal.gpu.driver.Driver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device's results are held to, without a device that computes. */
@Tag("gpu")
class DeviceCheckTest {
    private static final double[] POINTS = {1, 2, 3, -4};

    private GpuForTests gpu;

    @BeforeEach
    void open() {
        gpu = GpuForTests.interpreted();
    }

    @AfterEach
    void close() {
        gpu.close();
    }

    /** Of points of two numbers, each result as many, one after the other. */
    private void hold(Promise promise, double[] actual, UnaryOperator<double[]> processor) {
        new DeviceCheck(promise, 2, 2).hold(gpu.device(), 2, POINTS, actual, processor);
    }

    private static double[] squares(double... points) {
        return Arrays.stream(points).map(x -> x * x).toArray();
    }

    @Test
    void oneBitIsToldWithTheDeviceAndTheNumber() {
        double[] actual = squares(POINTS);
        hold(Promise.BITS, actual, DeviceCheckTest::squares);
        actual[3] = Math.nextUp(actual[3]);
        assertThatThrownBy(() -> hold(Promise.BITS, actual, DeviceCheckTest::squares))
                .isInstanceOf(UntrustedDeviceException.class)
                .hasMessage("device: expected the CPU's results, got others from GPU 0, "
                        + gpu.device().kind()
                        + ": number 1 of result 1 is 16.000000000000004, on the CPU 16.0"
                        + " (--device cpu does without a GPU; scripts/cuda-check says more of this one)");
        assertThat(gpu.device().kind())
                .contains("driver for CUDA " + Driver.words(gpu.driver().version()));
    }

    @Test
    void zerosHaveSignsAndNaNsHaveNone() {
        double otherNan = Double.longBitsToDouble(0xFFF8000000000001L);
        assertThatCode(() ->
                        hold(Promise.BITS, new double[] {0, otherNan, 1, 1}, all -> new double[] {0, Double.NaN, 1, 1}))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> hold(Promise.BITS, new double[] {-0.0, 1, 1, 1}, all -> new double[] {0, 1, 1, 1}))
                .hasMessageContaining("number 0 of result 0 is -0.0, on the CPU 0.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-7, -1e-5, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void moreThanRoundingIsRefused(double error) {
        double[] actual = squares(POINTS);
        actual[2] *= 1 + 1e-13;
        hold(Promise.ROUNDING, actual, DeviceCheckTest::squares);
        actual[2] = 9 + 16 * error;
        assertThatThrownBy(() -> hold(Promise.ROUNDING, actual, DeviceCheckTest::squares))
                .isInstanceOf(UntrustedDeviceException.class)
                .hasMessageContaining("number 0 of result 1 is ");
    }

    @Test
    void whereTermsCancelRoundingMayMoveMore() {
        UnaryOperator<double[]> cancels = points -> {
            double[] results = new double[points.length];
            for (int i = 0; i < points.length; i += 2) {
                results[i] = points[i] * 1e9 + points[i + 1] - 1e9 * points[i] - points[i + 1];
                results[i + 1] = (points[i] - 1) * (points[i + 1] - 2);
            }
            return results;
        };
        double[] actual = cancels.apply(POINTS);
        actual[1] += 1e-12;
        assertThat(actual[1]).isNotZero();
        hold(Promise.ROUNDING, actual, cancels);
        actual[1] += 1e-6;
        assertThatThrownBy(() -> hold(Promise.ROUNDING, actual, cancels)).isInstanceOf(UntrustedDeviceException.class);
    }

    @Test
    void resultsThatAreNotFiniteAreNotCompared() {
        UnaryOperator<double[]> infinite = points -> {
            double[] results = squares(points);
            results[0] = Double.POSITIVE_INFINITY;
            return results;
        };
        assertThatCode(() -> hold(Promise.ROUNDING, new double[] {Double.NaN, 5, 9, 16}, infinite))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> hold(Promise.ROUNDING, new double[] {Double.NaN, 5, 9, 17}, infinite))
                .isInstanceOf(UntrustedDeviceException.class);
    }

    @Test
    void float32IsHeldToItsOwnRounding() {
        double[] actual = squares(POINTS);
        actual[0] += 1e-6;
        hold(Promise.SINGLE, actual, DeviceCheckTest::squares);
        actual[0] += 1e-1;
        assertThatThrownBy(() -> hold(Promise.SINGLE, actual, DeviceCheckTest::squares))
                .isInstanceOf(UntrustedDeviceException.class);
    }

    @Test
    void fewLargeResultsAreComputedTwice() {
        assertThat(new DeviceCheck(Promise.BITS, 2, 100).points(1_000)).isEqualTo(8);
        assertThat(new DeviceCheck(Promise.BITS, 2, 100).points(3)).isEqualTo(3);
        assertThat(new DeviceCheck(Promise.BITS, 2, 1 << 19).points(1_000)).isEqualTo(2);
        assertThat(new DeviceCheck(Promise.BITS, 2, Integer.MAX_VALUE).points(1_000))
                .isEqualTo(1);
        assertThat(new DeviceCheck(Promise.BITS, 2, 0).points(1)).isEqualTo(1);
    }
}

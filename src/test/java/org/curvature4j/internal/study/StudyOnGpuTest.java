package org.curvature4j.internal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.stream.Progress;
import org.curvature4j.training.Mlp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a study measures of a trained net on an interpreted GPU, against the CPU; its plane of 3,721 losses would take minutes. */
@SuppressWarnings("try")
@Tag("gpu")
class StudyOnGpuTest {
    private static final String DEVICE = "curvature4j.device";
    private static final double ROUNDING = 1e-9;

    private static final StudyOptions SMALL = new StudyOptions(List.of(1), 1, 0.01, 5, 10, 3, 6, 2, 20, 10, 0);

    private record Measured(EpochCurvature curvature, TrueSpectrum truth, double trace) {
        static Measured of(TrainedNet.Stop stop) {
            try (DataOperator hessian = stop.loss().hessian();
                    DataOperator gaussNewton = stop.loss().gaussNewton(Mlp.LOGITS)) {
                return new Measured(
                        EpochCurvature.of(stop, hessian, SMALL),
                        TrueSpectrum.of(hessian),
                        TrueSpectrum.of(gaussNewton).trace());
            }
        }
    }

    @Test
    void theSpectrumIsThatOfTheCpu() {
        TrainedNet net = TrainedNet.of(SMALL, Progress.NONE);
        TrainedNet.Stop end = net.stops().get(net.stops().size() - 1);
        Measured expected = Measured.of(end);
        InterpretedDriver driver = new InterpretedDriver(1, 1L << 28);
        Measured actual;
        System.setProperty(DEVICE, "gpu");
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            Backend.refresh();
            actual = Measured.of(end);
        } finally {
            System.clearProperty(DEVICE);
            Backend.refresh();
        }
        assertThat(driver.launches()).isPositive();
        assertThat(driver.leaks()).isEmpty();
        assertThat(driver.modules()).isZero();
        assertThat(actual.truth.values()).containsExactly(expected.truth.values(), within(ROUNDING));
        assertThat(actual.trace).isCloseTo(expected.trace, within(ROUNDING));
        assertThat(actual.curvature.leading().eigenvalues())
                .containsExactly(expected.curvature.leading().eigenvalues(), within(ROUNDING));
        assertThat(actual.curvature.smallest()).isCloseTo(expected.curvature.smallest(), within(ROUNDING));
        assertThat(actual.curvature.gradientNorm()).isCloseTo(expected.curvature.gradientNorm(), within(ROUNDING));
        assertThat(actual.curvature.gradientShare()).isCloseTo(expected.curvature.gradientShare(), within(ROUNDING));
    }
}

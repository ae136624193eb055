package org.curvature4j.internal.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimingTest {
    /** A second's start over thirty points is no time of a point, and isn't told as one. */
    @Test
    void saysThatPreparationIsInWhatItDivides() {
        assertThat(Timing.words(0.972, 30, "point"))
                .isEqualTo("972 ms in all, 32.4 ms a point, preparation and files included");
        assertThat(Timing.words(30, 30, "epoch")).startsWith("30.0 s in all, 1.00 s an epoch,");
    }

    @Test
    void ofOneIsOneTime() {
        assertThat(Timing.words(2.91, 1, "point")).isEqualTo("2.91 s");
        assertThat(Timing.words(2.91, 0, "point")).isEqualTo("2.91 s");
    }
}

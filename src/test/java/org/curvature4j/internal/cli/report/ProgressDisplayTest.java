package org.curvature4j.internal.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgressDisplayTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String drawn() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void appearsWhenPatienceEndsAndCountsWhatWasDoneBefore() throws InterruptedException {
        try (ProgressDisplay progress = ProgressDisplay.of(400, 40, "point", terminal, true, 10)) {
            progress.advance(60);
            while (!drawn().contains("points")) {
                Thread.sleep(5);
            }
            assertThat(drawn()).contains("25%");
            progress.advance(200);
            while (!drawn().contains("75%")) {
                Thread.sleep(5);
            }
            assertThat(drawn()).contains("300/400");
            // Of this run alone; a first line may be drawn before anything is known.
            assertThat(drawn()).containsPattern("[13]00/400 .* [1-9][0-9,]*/s").doesNotContain("?/s");
        }
        // What follows stands where the bar stood, without an empty line before it.
        assertThat(drawn()).endsWith(" \r").doesNotContain("\n");
    }

    @Test
    void staysAwayFromShortTasks() {
        try (ProgressDisplay progress = ProgressDisplay.of(4, 0, "point", terminal, true, 60_000)) {
            progress.advance(4);
        }
        assertThat(drawn()).isEmpty();
    }

    @Test
    void staysAwayWhereNobodyWatches() throws InterruptedException {
        try (ProgressDisplay progress = ProgressDisplay.of(4, 0, "point", terminal, false, 0)) {
            Thread.sleep(50);
            progress.advance(2);
        }
        assertThat(drawn()).isEmpty();
    }
}

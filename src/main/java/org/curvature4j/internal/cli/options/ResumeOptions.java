package org.curvature4j.internal.cli.options;

import org.curvature4j.internal.cli.report.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Long runs: how they are kept from being lost. */
public final class ResumeOptions {
    private static final double USUAL_SECONDS = 2;

    @Option(
            names = "--resume",
            description = {
                "Go on with a run that was interrupted.",
                "To the same bytes. Begins one where there is none."
            })
    private boolean resume;

    @Option(
            names = "--checkpoint",
            paramLabel = "SECONDS",
            description = "What an interruption may lose; 2 unless given.")
    private @Nullable Double seconds;

    /** @throws UsageException if the options can't be meant */
    public void check(boolean written) {
        if (!(seconds() > 0 && seconds() <= 86_400)) {
            throw new UsageException("--checkpoint: expected seconds above 0 and up to 86400, got " + seconds());
        }
        if (resume && !written) {
            throw new UsageException("--resume: expected --out, which tells what to go on with, got none");
        }
        if (seconds != null && !written) {
            throw new UsageException("--checkpoint: expected --out, of which so much may be lost, got none");
        }
    }

    public boolean resume() {
        return resume;
    }

    public double seconds() {
        return seconds == null ? USUAL_SECONDS : seconds;
    }
}

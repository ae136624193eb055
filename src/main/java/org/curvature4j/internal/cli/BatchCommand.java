package org.curvature4j.internal.cli;

import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.run.Computation;
import org.jspecify.annotations.Nullable;

/** A command that computes something of each row of a batch: here, or by shards elsewhere. */
public abstract class BatchCommand extends CurvatureCommand {
    private @Nullable Elsewhere elsewhere;

    /** Computes a batch in a place of its own, and adds what came of it to a report. */
    @FunctionalInterface
    public interface Elsewhere {
        /** @param computation opened here, to tell what it is; closed by the caller */
        void run(String command, Computation computation, Report report);
    }

    /** Computes elsewhere; what becomes of results there is said there. */
    public final void computeBy(Elsewhere where) {
        elsewhere = where;
    }

    /** Opens what is computed, as the options say; the caller closes it. */
    abstract Computation open();

    /** As {@link #open}, with the settings of the options for all that this JVM computes from now on. */
    final Computation openApart() {
        check();
        applyForGood();
        return open();
    }

    /** Computes here. */
    abstract void runHere(Report report);

    @Override
    final void run(Report report) {
        if (elsewhere == null) {
            runHere(report);
            return;
        }
        try (Computation computation = open()) {
            explain(computation.engine());
            elsewhere.run(name(), computation, report);
        }
    }
}

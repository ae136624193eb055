package org.curvature4j.internal.cli.report;

import org.curvature4j.krylov.LanczosProgress;

/** Shows how many pairs have converged. A later look may find fewer, which a bar can't show. */
public final class ConvergedPairs implements LanczosProgress {
    private final ProgressDisplay display;
    private int shown;

    public ConvergedPairs(ProgressDisplay display) {
        this.display = display;
    }

    @Override
    public void advanced(int products, int converged) {
        if (converged > shown) {
            display.advance(converged - shown);
            shown = converged;
        }
    }
}

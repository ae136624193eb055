package org.curvature4j.notebook;

import org.curvature4j.plot.Figure;
import org.curvature4j.plot.Scale;
import org.curvature4j.plot.SpectrumPlot;

/** Results to show. */
final class Samples {
    private Samples() {}

    static Figure figure() {
        return SpectrumPlot.of(new double[] {-1, 2, 3}, 0, "a < b & \"c\"", Scale.AUTOMATIC);
    }
}

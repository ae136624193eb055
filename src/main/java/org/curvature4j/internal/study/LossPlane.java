package org.curvature4j.internal.study;

import java.util.Arrays;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.Landscape;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.stream.Progress;

/**
 * The loss around a point, over the plane of the first two eigenvectors.
 *
 * @param steps along each of them, in units of the parameters
 * @param losses row by row, the step along the second being that of the row
 */
@SuppressWarnings("ArrayRecordComponent") // made and used within this package, never compared
record LossPlane(double[] steps, double[] losses) {
    static final double REACH = 3;
    private static final int COUNT = 61;

    static LossPlane of(DataLoss loss, Eigenpairs pairs) {
        double[] steps = new double[COUNT];
        Arrays.setAll(steps, i -> REACH * (2.0 * i / (COUNT - 1) - 1));
        try (Landscape landscape = Landscape.of(loss)) {
            double[][] losses = landscape.over(pairs.vector(0), pairs.vector(1), steps, steps, Progress.NONE);
            return new LossPlane(
                    steps, Arrays.stream(losses).flatMapToDouble(Arrays::stream).toArray());
        }
    }
}

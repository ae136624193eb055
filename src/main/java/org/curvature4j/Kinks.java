package org.curvature4j;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Origin;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.transform.KinkPoints;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a function isn't differentiable: counts points that lie exactly on kinks of its operations, such as relu at 0 or a
 * maximum of equals. Costs about what the function itself does, and nothing where it has no kinks. Safe for several threads;
 * owns native memory, which closing frees.
 */
public final class Kinks implements AutoCloseable {
    private final KinkPoints found;
    private final TensorType point;
    /** Null where there are no kinks. */
    private final @Nullable PreparedFunction indicators;

    private final Lifetime lifetime;

    private Kinks(KinkPoints found, TensorType point, @Nullable PreparedFunction indicators) {
        this.found = found;
        this.point = point;
        this.indicators = indicators;
        this.lifetime = new Lifetime("kinks", () -> {
            if (indicators != null) {
                indicators.close();
            }
        });
    }

    /** Prepares the count for a function, as it depends on its point. */
    public static Kinks of(TensorFunction function) {
        KinkPoints found = KinkPoints.of(function.graph());
        Graph graph = found.indicators();
        if (graph == null) {
            return new Kinks(found, function.pointType(), null);
        }
        return new Kinks(
                found,
                function.pointType(),
                function.derived(graph, "kinks of ").prepare());
    }

    /** What is known of a function without any point: the operations that have kinks, and whether it is flat between them. */
    public static KinkReport inGeneral(TensorFunction function) {
        KinkPoints found = KinkPoints.of(function.graph());
        return report(found, 0, new long[found.operations().size() + 1]);
    }

    /**
     * Counts the points of a batch.
     *
     * @param points [B, n], or [B, ...] with n numbers a point; not modified
     */
    public KinkReport count(INDArray points) {
        long rows = PreparedFunction.rows(point, points);
        try (HostArray array = HostArray.reading("points", points)) {
            return count(ArrayRows.source(array, rows, point.size()));
        }
    }

    /** Counts points that stream in. */
    public KinkReport count(RowSource points) {
        lifetime.requireOpen();
        long[] counts = new long[found.operations().size() + 1];
        if (indicators != null && points.rows() > 0) {
            indicators.stream(
                    points,
                    (first, some, rows) -> {
                        synchronized (counts) {
                            add(counts, rows, some);
                        }
                    },
                    Progress.NONE);
        }
        return report(found, points.rows(), counts);
    }

    private static void add(long[] counts, double[] marks, int rows) {
        for (int i = 0; i < rows * counts.length; i++) {
            counts[i % counts.length] += (long) marks[i];
        }
    }

    private static KinkReport report(KinkPoints found, long points, long[] counts) {
        List<KinkReport.Count> operations = new ArrayList<>();
        for (Origin origin : found.operations()) {
            operations.add(new KinkReport.Count(origin.operation(), origin.variable(), counts[operations.size()]));
        }
        return new KinkReport(points, counts[operations.size()], operations, found.isFlat());
    }

    @Override
    public void close() {
        lifetime.close();
    }
}

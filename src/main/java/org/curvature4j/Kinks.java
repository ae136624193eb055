package org.curvature4j;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Origin;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.transform.KinkPoints;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a function isn't differentiable: counts points that lie exactly on kinks of its operations, such as relu at 0 or a
 * maximum of equals, and those with singular matrices, equal eigenvalues and the like. Costs about what the function itself does, and nothing where it has no kinks. Safe for several threads;
 * owns native memory, which closing frees.
 */
public final class Kinks implements AutoCloseable {
    private final KinkPoints found;
    private final RowLayout layout;
    /** Null where there are no kinks. */
    private final @Nullable PreparedFunction indicators;

    private final Lifetime lifetime;

    private Kinks(KinkPoints found, RowLayout layout, @Nullable PreparedFunction indicators) {
        this.found = found;
        this.layout = layout;
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
            return new Kinks(found, RowLayout.ofPoints(function), null);
        }
        return new Kinks(
                found,
                RowLayout.ofPoints(function),
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
     * @param data what goes with each point, in the order of {@link TensorFunction#dataNames()}: [B, m], or [B, ...] with m
     *     numbers a point; not modified
     */
    public KinkReport count(INDArray points, INDArray... data) {
        return layout.reading(this::counted, RowLayout.withData(points, data));
    }

    /** Counts points that stream in, and data that go with each. */
    public KinkReport count(RowSource points, RowSource... data) {
        return counted(layout.source(RowLayout.withData(points, data)));
    }

    private KinkReport counted(RowSource rows) {
        lifetime.requireOpen();
        long[] counts = new long[found.operations().size() + 1];
        if (indicators != null && rows.rows() > 0) {
            indicators.evaluate(
                    rows,
                    (first, some, marks) -> {
                        synchronized (counts) {
                            add(counts, marks, some);
                        }
                    },
                    Progress.NONE);
        }
        return report(found, rows.rows(), counts);
    }

    private static void add(long[] counts, double[] marks, int rows) {
        for (int i = 0; i < rows * counts.length; i++) {
            counts[i % counts.length] += (long) marks[i];
        }
    }

    private static KinkReport report(KinkPoints found, long points, long[] counts) {
        List<KinkReport.Count> operations = new ArrayList<>();
        for (KinkPoints.Place place : found.operations()) {
            Origin origin = place.operation();
            operations.add(new KinkReport.Count(
                    origin.operation(), origin.variable(), counts[operations.size()], place.words()));
        }
        return new KinkReport(points, counts[operations.size()], operations, found.isFlat());
    }

    @Override
    public void close() {
        lifetime.close();
    }

    @Override
    public String toString() {
        return "kinks of " + layout.function();
    }
}

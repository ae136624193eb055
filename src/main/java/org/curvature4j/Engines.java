package org.curvature4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.EngineChoice;
import org.curvature4j.internal.engine.Form;
import org.curvature4j.internal.engine.ToldFunction;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.nd4j.ProductFunction;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.DoesNotFit;
import org.curvature4j.internal.engine.tile.JoinedFunction;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.KinkPoints;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.internal.transform.Work;
import org.curvature4j.samediff.SameDiffExport;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What computes a function of the point alone: whole results of many small points, or products for few large ones. */
final class Engines {
    /** Above this many rows or columns, a matrix of unit vectors costs more than the structure that it shows saves. */
    private static final long LARGEST_WHOLE = 512;

    private final TensorFunction function;
    private final RowLayout layout;
    private final Settings settings = Backend.get().settings();

    private Engines(TensorFunction function, RowLayout layout) {
        this.function = function;
        this.layout = layout;
    }

    /**
     * What computes a function.
     *
     * @param layout of the function's inputs in rows
     */
    static BatchFunction of(TensorFunction function, RowLayout layout) {
        Derivation derivation = function.derivation();
        TensorFunction whole = derivation == null ? function : derivation.of();
        BatchFunction computing = computing(function, layout);
        return KinkPoints.hasDecompositions(whole.graph())
                ? new ToldFunction(
                        computing,
                        layout.length(),
                        Math.toIntExact(function.outputSize()),
                        function.name(),
                        new Engines(whole, layout)::reasons)
                : computing;
    }

    /** The operations that break off at a row, and why. */
    private List<String> reasons(double[] row, @Nullable List<INDArray> feeds) {
        KinkPoints points = KinkPoints.of(function.graph());
        Graph indicators = points.indicators();
        if (indicators == null) {
            return List.of();
        }
        double[] hits = new double[points.operations().size() + 1];
        try (BatchFunction marks = pointwise(0, Simplifier.simplify(indicators))) {
            RowSource source = ArrayRows.source(row, layout.length());
            RowSink sink = ArrayRows.sink(hits, hits.length);
            if (feeds == null) {
                marks.evaluate(source, sink, Progress.NONE);
            } else {
                marks.evaluate(source, feeds, sink, Progress.NONE);
            }
        }
        return IntStream.range(0, points.operations().size())
                .filter(i -> hits[i] > 0)
                .mapToObj(i -> points.operations().get(i))
                .map(place -> place.operation().words() + ", " + place.words())
                .toList();
    }

    private static BatchFunction computing(TensorFunction function, RowLayout layout) {
        Derivation derivation = function.derivation();
        if (derivation != null && derivation.has(Quantity.HESSIAN)) {
            return new Engines(derivation.of(), layout).hessian(derivation);
        } else if (derivation != null && derivation.has(Quantity.JACOBIAN)) {
            return new Engines(derivation.of(), layout).jacobian(derivation);
        } else if (derivation != null && derivation.has(Quantity.LAPLACIAN)) {
            Engines engines = new Engines(derivation.of(), layout);
            return engines.isPlainSameDiff()
                    ? engines.pointwise(0, Simplifier.simplify(derivation.graph()))
                    : engines.pointwise(0, ways(derivation).toArray(Graph[]::new));
        }
        return new Engines(function, layout).pointwise(0, Simplifier.simplify(function.graph()));
    }

    private BatchFunction jacobian(Derivation derivation) {
        long n = function.inputSize();
        long m = function.outputSize();
        boolean forward = derivation.isForward();
        boolean isSmall = n <= LARGEST_WHOLE && m <= LARGEST_WHOLE;
        if (isSmall || isPlainSameDiff() || (m == 1 && !forward)) {
            try {
                return pointwise(0, Simplifier.simplify(derivation.graph()));
            } catch (DoesNotFit e) {
                // Products with fewer vectors at a time do.
            }
        }
        Graph graph = function.graph();
        Graph product = forward ? Derivatives.directional(graph) : Vjp.of(graph, List.of(0));
        return products(derivation, product, Math.toIntExact(m), forward, false);
    }

    private BatchFunction hessian(Derivation derivation) {
        if (derivation.result().size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(function.name() + ": expected at most "
                    + (long) Math.sqrt(Integer.MAX_VALUE) + " parameters for a whole Hessian, got "
                    + function.inputSize()
                    + " (a matrix of more doesn't fit a Java array; hessianVectorProduct() never makes it)");
        }
        int n = Math.toIntExact(function.inputSize());
        if (isPlainSameDiff()) {
            return pointwise(n, Simplifier.simplify(derivation.graph()));
        }
        List<Graph> graphs = ways(derivation);
        if (graphs.size() == 1) {
            Graph product = Derivatives.hessianVectorProduct(function.graph());
            if (n * Work.of(Simplifier.simplify(product)) < Work.of(graphs.get(0))) {
                return products(derivation, product, n, true, true);
            }
        }
        try {
            return pointwise(n, graphs.toArray(Graph[]::new));
        } catch (DoesNotFit e) {
            return products(derivation, Derivatives.hessianVectorProduct(function.graph()), n, true, true);
        }
    }

    /** Ways to second derivatives; where there is one to a whole Hessian, products with unit vectors may be less work. */
    private static List<Graph> ways(Derivation derivation) {
        List<Graph> graphs = new ArrayList<>();
        if (derivation.of().inputSize() <= LARGEST_WHOLE) {
            graphs.add(Simplifier.simplify(derivation.graph()));
        }
        graphs.add(Simplifier.simplify(derivation.structured()));
        return graphs;
    }

    /** As {@link TensorFunction#work}. */
    static double work(TensorFunction function) {
        Derivation derivation = function.derivation();
        if (derivation == null || derivation.quantities().size() > 1) {
            return Work.of(Simplifier.simplify(function.graph()));
        }
        TensorFunction of = derivation.of();
        long n = of.inputSize();
        if (derivation.has(Quantity.HESSIAN)) {
            double least = n * workOf(Derivatives.hessianVectorProduct(of.graph()));
            return derivation.result().size() > Integer.MAX_VALUE
                    ? least
                    : ways(derivation).stream().mapToDouble(Work::of).reduce(least, Math::min);
        } else if (derivation.has(Quantity.LAPLACIAN)) {
            return ways(derivation).stream().mapToDouble(Work::of).min().orElseThrow();
        } else if (derivation.has(Quantity.JACOBIAN) && (n > LARGEST_WHOLE || of.outputSize() > LARGEST_WHOLE)) {
            return derivation.isForward()
                    ? n * workOf(Derivatives.directional(of.graph()))
                    : of.outputSize() * workOf(Vjp.of(of.graph(), List.of(0)));
        }
        return workOf(derivation.graph());
    }

    private static double workOf(Graph graph) {
        return Work.of(Simplifier.simplify(graph));
    }

    /** Whether what is asked for is a comparison: one graph, whatever it costs. */
    private boolean isPlainSameDiff() {
        return settings.engine() == Engine.SAMEDIFF;
    }

    /** Simplified graphs of the function's inputs that compute the same, whichever costs least, row by row. */
    private BatchFunction pointwise(int symmetric, Graph... graphs) {
        return EngineChoice.prepare(
                Stream.of(graphs).map(layout::rows).map(Form::of).toList(),
                layout.feeds(),
                symmetric,
                function.name(),
                (exported, output) -> SameDiffExport.export(exported, List.of(output)),
                settings);
    }

    /** A matrix by products with unit vectors; what else is asked for by itself. */
    private BatchFunction products(
            Derivation derivation, Graph product, int rows, boolean byColumns, boolean symmetric) {
        if (derivation.quantities().size() > 1) {
            List<TensorFunction> parts = derivation.quantities().stream()
                    .map(quantity -> new TensorFunction(Derivation.of(quantity, function, derivation.mode())))
                    .toList();
            return new JoinedFunction(
                    parts.stream().map(part -> of(part, layout)).toList(),
                    layout.length(),
                    parts.stream()
                            .map(part -> Math.toIntExact(part.outputSize()))
                            .toList());
        }
        Graph ofRows = layout.rows(product);
        Graph reordered = Flatten.inputFirst(ofRows, ofRows.inputs().size() - 1);
        return EngineChoice.onProcessor(
                new ProductFunction(
                        Form.batched(reordered),
                        ofRows.inputs().get(0).type(),
                        layout.feeds(),
                        rows,
                        Math.toIntExact(function.inputSize()),
                        byColumns,
                        symmetric,
                        function.name()),
                "a matrix by products with unit vectors has no code for a GPU",
                settings);
    }
}

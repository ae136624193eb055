package org.curvature4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.EngineChoice;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.nd4j.NativeTiles;
import org.curvature4j.internal.engine.nd4j.ProductFunction;
import org.curvature4j.internal.engine.nd4j.WholeFunction;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.internal.transform.Work;
import org.curvature4j.samediff.SameDiffExport;

/** Which engine computes a derivative: whole matrices for many small points, or products for few large ones. */
final class Engines {
    /** Above this many rows or columns, a matrix of unit vectors costs more than the structure that it shows saves. */
    private static final long LARGEST_WHOLE = 512;

    /** Below this much work at a point, in elements, fused code finds what there is to save in either form. */
    private static final double SMALL_WORK = 2000;

    /** From this many bytes a point, kernels have enough to do with one. */
    private static final long LARGE_POINT = 1 << 20;

    /** Points over which the work of a batch is counted; only ratios matter. */
    private static final long TYPICAL_BATCH = 64;

    private Engines() {}

    /** A graph over a batch of one of its inputs, simplified. */
    static Graph batched(Graph graph, int input, long batch) {
        List<Boolean> flags = new ArrayList<>(Collections.nCopies(graph.inputs().size(), false));
        flags.set(input, true);
        return Simplifier.simplify(Vmap.of(graph, flags, batch));
    }

    /** What computes a function of the point alone. */
    static BatchFunction of(TensorFunction function) {
        Derivation derivation = function.derivation();
        if (derivation != null && derivation.quantity() == Quantity.HESSIAN) {
            return hessian(derivation.of());
        } else if (derivation != null && derivation.quantity() == Quantity.JACOBIAN) {
            return jacobian(derivation.of(), derivation.mode());
        }
        return pointwise(function.graph(), function, 0);
    }

    /** The Jacobian of a function of the point alone. */
    private static BatchFunction jacobian(TensorFunction function, Derivatives.Mode mode) {
        Graph graph = function.graph();
        long n = function.inputSize();
        long m = function.outputSize();
        boolean forward = mode == Derivatives.Mode.FORWARD || (mode == Derivatives.Mode.AUTO && n <= m);
        Graph whole = isSmall(n, m) || isPlainSameDiff() ? Derivatives.jacobian(graph, mode) : null;
        if (whole != null && (isPlainSameDiff() || fits(whole))) {
            return pointwise(whole, function, 0);
        }
        Graph product = forward ? Derivatives.directional(graph) : Vjp.of(graph, List.of(0));
        return products(product, function, Math.toIntExact(m), forward, false);
    }

    /** The Hessian of a function of the point alone, with one result. */
    private static BatchFunction hessian(TensorFunction function) {
        long n = function.inputSize();
        if (n * n > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(function.name() + ": expected at most "
                    + (long) Math.sqrt(Integer.MAX_VALUE) + " parameters for a whole Hessian, got " + n
                    + " (a matrix of more doesn't fit a Java array; hessianVectorProduct() never makes it)");
        }
        Graph graph = function.graph();
        if (isPlainSameDiff()) {
            return pointwise(Derivatives.hessian(graph), function, Math.toIntExact(n));
        }
        Graph structured = Simplifier.simplify(Derivatives.structuredHessian(graph));
        long bytes = WholeFunction.bytes(structured);
        boolean large = bytes >= LARGE_POINT;
        if (isSmall(n, n)) {
            Graph plain = Simplifier.simplify(Derivatives.hessian(graph));
            boolean keep = large
                    ? Work.of(plain) < Work.of(structured)
                    : Work.of(plain) < SMALL_WORK || workOfBatch(plain) < workOfBatch(structured);
            if (keep) {
                structured = plain;
                bytes = WholeFunction.bytes(plain);
            }
        } else if (n * Work.of(Simplifier.simplify(Derivatives.hessianVectorProduct(graph))) < Work.of(structured)) {
            return products(function);
        }
        Settings settings = Backend.get().settings();
        if (large && bytes <= settings.memory()) {
            return new WholeFunction(structured, function.feedValues(), Math.toIntExact(n));
        } else if (!large && fits(structured)) {
            return pointwise(structured, function, Math.toIntExact(n));
        }
        return products(function);
    }

    /** The Hessian by its products with unit vectors. */
    private static BatchFunction products(TensorFunction function) {
        Graph product = Derivatives.hessianVectorProduct(function.graph());
        return products(product, function, Math.toIntExact(function.inputSize()), true, true);
    }

    /** Whether what is asked for is a comparison: one graph, whatever it costs. */
    private static boolean isPlainSameDiff() {
        return Backend.get().settings().engine() == Engine.SAMEDIFF;
    }

    private static double workOfBatch(Graph graph) {
        return Work.ofTile(batched(graph, 0, TYPICAL_BATCH));
    }

    private static boolean isSmall(long n, long m) {
        return n <= LARGEST_WHOLE && m <= LARGEST_WHOLE;
    }

    private static boolean fits(Graph whole) {
        Settings settings = Backend.get().settings();
        return NativeTiles.leastBytes(batch -> batched(whole, 0, batch)) <= settings.memory() / settings.threads();
    }

    /** A graph of the point and of what is fed, computed at single points. */
    static BatchFunction pointwise(Graph graph, TensorFunction function, int symmetric) {
        return EngineChoice.prepare(
                Simplifier.simplify(graph),
                batch -> batched(graph, 0, batch),
                function.feedValues(),
                symmetric,
                function.name(),
                (exported, output) -> SameDiffExport.export(exported, List.of(output)),
                Backend.get().settings());
    }

    private static BatchFunction products(
            Graph product, TensorFunction function, int rows, boolean byColumns, boolean symmetric) {
        Graph reordered = Flatten.inputFirst(product, product.inputs().size() - 1);
        Batched batched = batch -> batched(reordered, 0, batch);
        return new ProductFunction(
                batched, function.pointType(), function.feedValues(), rows, byColumns, symmetric, function.name());
    }
}

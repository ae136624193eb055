package org.curvature4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.curvature4j.engine.Backend;
import org.curvature4j.engine.BatchFunction;
import org.curvature4j.engine.Batched;
import org.curvature4j.engine.Engine;
import org.curvature4j.engine.ProductFunction;
import org.curvature4j.engine.Settings;
import org.curvature4j.engine.TiledFunction;
import org.curvature4j.graph.Graph;
import org.curvature4j.transform.Derivatives;
import org.curvature4j.transform.Flatten;
import org.curvature4j.transform.Simplifier;
import org.curvature4j.transform.Vjp;
import org.curvature4j.transform.Vmap;

/** Which engine computes a derivative: whole matrices for many small points, or products for few large ones. */
final class Engines {
    /** Above this many rows or columns, a matrix of unit vectors costs more than the structure that it shows saves. */
    private static final long LARGEST_WHOLE = 512;

    private Engines() {}

    /** A graph over a batch of one of its inputs, simplified. */
    static Graph batched(Graph graph, int input, long batch) {
        List<Boolean> flags = new ArrayList<>(Collections.nCopies(graph.inputs().size(), false));
        flags.set(input, true);
        return Simplifier.simplify(Vmap.of(graph, flags, batch));
    }

    /** The Jacobian of a function of the point alone. */
    static BatchFunction jacobian(TensorFunction function, Derivatives.Mode mode) {
        Graph graph = function.graph();
        long n = function.inputSize();
        long m = function.outputSize();
        boolean forward = mode == Derivatives.Mode.FORWARD || (mode == Derivatives.Mode.AUTO && n <= m);
        Graph whole = isSmall(n, m) ? Derivatives.jacobian(graph, mode) : null;
        if (whole != null && fits(whole)) {
            return pointwise(whole, function, 0);
        }
        Graph product = forward ? Derivatives.directional(graph) : Vjp.of(graph, List.of(0));
        return products(product, function, Math.toIntExact(m), forward, false);
    }

    /** The Hessian of a function of the point alone, with one result. */
    static BatchFunction hessian(TensorFunction function) {
        Graph graph = function.graph();
        long n = function.inputSize();
        Graph whole = isSmall(n, n) ? Derivatives.hessian(graph) : null;
        if (whole != null && fits(whole)) {
            return pointwise(whole, function, Math.toIntExact(n));
        }
        return products(Derivatives.hessianVectorProduct(graph), function, Math.toIntExact(n), true, true);
    }

    private static boolean isSmall(long n, long m) {
        return n <= LARGEST_WHOLE && m <= LARGEST_WHOLE;
    }

    private static boolean fits(Graph whole) {
        Settings settings = Backend.get().settings();
        return TiledFunction.leastBytes(batch -> batched(whole, 0, batch)) <= settings.memory() / settings.threads();
    }

    /** A graph of the point and of what is fed, computed at single points. */
    static BatchFunction pointwise(Graph graph, TensorFunction function, int symmetric) {
        return Engine.prepared(
                Simplifier.simplify(graph),
                batch -> batched(graph, 0, batch),
                function.feedValues(),
                symmetric,
                function.name());
    }

    private static BatchFunction products(
            Graph product, TensorFunction function, int rows, boolean byColumns, boolean symmetric) {
        Graph reordered = Flatten.inputFirst(product, product.inputs().size() - 1);
        Batched batched = batch -> batched(reordered, 0, batch);
        return new ProductFunction(
                batched, function.pointType(), function.feedValues(), rows, byColumns, symmetric, function.name());
    }
}

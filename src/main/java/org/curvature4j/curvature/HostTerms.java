package org.curvature4j.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.nd4j.VaryingFunction;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The terms of a sum over minibatches, computed on the CPU. What doesn't depend on the vector is computed once a batch and kept
 * while the memory suffices for all batches; otherwise it is computed anew with each call. A batch that the memory doesn't
 * suffice for alone is refused.
 */
final class HostTerms implements Terms {
    private final Batches batches;
    private final DataTerm term;
    private final Map<Map<String, Shape>, Graph> graphs = new LinkedHashMap<>();
    private final Map<Map<String, Shape>, VaryingFunction> shared = new LinkedHashMap<>();
    private @Nullable List<VaryingFunction> kept;
    private boolean measured;

    HostTerms(Batches batches, DataTerm term) {
        this.batches = batches;
        this.term = term;
    }

    @Override
    public void sum(double[] vector, double[] result) {
        if (batches.count() == 1) {
            Batch all = batches.first();
            one(all, vector, result);
            if (term.weight(all) != 1) {
                Vectors.scale(term.weight(all), result);
            }
            return;
        }
        Arrays.fill(result, 0);
        double[] part = new double[result.length];
        batches.forEach(batch -> {
            one(batch, vector, part);
            Vectors.add(term.weight(batch), part, result);
        });
    }

    /** As {@link #sum(double[], double[])}, where that is one term as it is: it needs no other memory than ND4J's. */
    boolean sum(INDArray vector, INDArray result) {
        if (batches.count() != 1 || term.weight(batches.first()) != 1) {
            return false;
        }
        function(batches.first()).evaluate(vector, result);
        return true;
    }

    @Override
    public void one(Batch batch, double[] vector, double[] result) {
        function(batch).evaluate(vector, result);
    }

    private VaryingFunction function(Batch batch) {
        Graph graph = graphs.computeIfAbsent(batch.shapes(), shapes -> Simplifier.simplify(term.graph(shapes)));
        List<VaryingFunction> all = kept;
        if (all != null && batch.index() < all.size()) {
            return all.get(batch.index());
        }
        if (!measured) {
            measured = true;
            long memory = Backend.get().settings().memory();
            long each = VaryingFunction.bytes(graph, term.varying(graph));
            requireFitting(each, memory, batch, "by --memory or -Dcurvature4j.memory");
            kept = each <= memory / batches.count() ? new ArrayList<>() : null;
            all = kept;
        }
        if (all != null) {
            VaryingFunction made = prepare(batch, graph);
            all.add(made);
            return made;
        }
        VaryingFunction function = shared.get(batch.shapes());
        if (function == null) {
            function = prepare(batch, graph);
            shared.put(batch.shapes(), function);
        } else {
            function.feed(term.others(batch));
        }
        return function;
    }

    /** @param more how memory is had */
    static void requireFitting(long bytes, long memory, Batch batch, String more) {
        if (bytes > memory) {
            throw new IllegalArgumentException("data: expected batches that the memory suffices for, "
                    + Numbers.bytes(memory) + ", got one of " + Numbers.count(batch.examples(), "example", "examples")
                    + " that takes " + Numbers.bytes(bytes)
                    + " (give minibatches, on the command line by --batch; or more memory, " + more + ")");
        }
    }

    private VaryingFunction prepare(Batch batch, Graph graph) {
        return VaryingFunction.of(graph, term.varying(graph), term.others(batch));
    }

    @Override
    public String describe() {
        return "the CPU";
    }

    @Override
    public void close() {
        Resources functions = Resources.of(shared.values());
        if (kept != null) {
            kept.forEach(functions::add);
        }
        functions.close();
    }
}

package org.curvature4j.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.nd4j.VaryingFunction;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The terms of a sum over minibatches, computed on the CPU. What doesn't depend on the vector is computed once a batch and kept
 * while the memory suffices for all batches; otherwise it is computed anew with each call. A batch that the memory doesn't
 * suffice for alone is refused.
 *
 * <p>The threads share one vector's work. Of as many vectors as threads, each thread takes its own, which leaves none of them
 * waiting for others at each operation, where the memory suffices for a function a thread.
 */
final class HostTerms implements Terms {
    private final Batches batches;
    private final DataTerm term;
    private final Map<Map<String, Shape>, Graph> graphs = new LinkedHashMap<>();
    private final Map<Map<String, Shape>, VaryingFunction> shared = new LinkedHashMap<>();
    private @Nullable List<VaryingFunction> kept;
    /** For each batch functions of one thread each, which no call uses. */
    private final Map<Integer, Queue<VaryingFunction>> idle = new LinkedHashMap<>();

    private final int threads;
    private final long memory;
    private boolean measured;
    private boolean fitsThreads;

    /** With the threads and the memory of the settings. */
    HostTerms(Batches batches, DataTerm term) {
        this(
                batches,
                term,
                Backend.get().settings().threads(),
                Backend.get().settings().memory());
    }

    /** @param memory in bytes */
    HostTerms(Batches batches, DataTerm term, int threads, long memory) {
        this.batches = batches;
        this.term = term;
        this.threads = threads;
        this.memory = memory;
    }

    @Override
    public void sum(double[] vector, double[] result) {
        sums(new double[][] {vector}, new double[][] {result});
    }

    @Override
    public void sums(double[][] vectors, double[][] results) {
        if (batches.count() == 1) {
            Batch all = batches.first();
            each(all, vectors, results, () -> (function, vector, result) -> {
                function.evaluate(vector, result);
                if (term.weight(all) != 1) {
                    Vectors.scale(term.weight(all), result);
                }
            });
            return;
        }
        for (double[] result : results) {
            Arrays.fill(result, 0);
        }
        batches.forEach(batch -> each(batch, vectors, results, () -> {
            double[] part = new double[results[0].length];
            return (function, vector, result) -> {
                function.evaluate(vector, part);
                Vectors.add(term.weight(batch), part, result);
            };
        }));
    }

    /** What is done with a batch's function for a vector, by one thread. */
    @FunctionalInterface
    private interface Work {
        void run(VaryingFunction function, double[] vector, double[] result);
    }

    private void each(Batch batch, double[][] vectors, double[][] results, Supplier<Work> work) {
        VaryingFunction shared = function(batch);
        if (!fitsThreads || vectors.length < threads) {
            Work one = work.get();
            for (int k = 0; k < vectors.length; k++) {
                one.run(shared, vectors[k], results[k]);
            }
            return;
        }
        Queue<VaryingFunction> free = idle.computeIfAbsent(batch.index(), index -> new ConcurrentLinkedQueue<>());
        Workers.run(vectors.length, 1, threads, () -> {
            VaryingFunction lent = free.poll();
            VaryingFunction own = lent != null ? lent : shared.another(1);
            Work one = work.get();
            return new Workers.Worker() {
                @Override
                public void run(long first, int count) {
                    one.run(own, vectors[(int) first], results[(int) first]);
                }

                @Override
                public void close() {
                    free.add(own);
                }
            };
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
            long each = VaryingFunction.bytes(graph, term.varying(graph));
            requireFitting(each, memory, batch, "by --memory or -Dcurvature4j.memory");
            kept = each <= memory / batches.count() ? new ArrayList<>() : null;
            fitsThreads = threads > 1 && each <= memory / batches.count() / (threads + 1);
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

    private List<VaryingFunction> functions() {
        List<VaryingFunction> all = new ArrayList<>(shared.values());
        if (kept != null) {
            all.addAll(kept);
        }
        idle.values().forEach(all::addAll);
        return all;
    }

    /** Memory that it takes, in bytes. */
    long bytes() {
        return functions().stream().mapToLong(VaryingFunction::bytes).sum();
    }

    @Override
    public String describe() {
        return "the CPU";
    }

    @Override
    public void close() {
        Resources.of(functions()).close();
    }
}

package org.curvature4j.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * This library's side of the table under JMH, for profilers and for changes of a few percent:
 * {@code scripts/bench jmh -p task=hessian-221:1e5 -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class WorkloadBenchmark {
    /** A workload and its number of points. */
    @Param({
        "hessian-221:1e4",
        "hessian-221:1e5",
        "hessian-221:1e6",
        "single-point",
        "spectrum-221:1e5",
        "spectrum-vec-221:1e5",
        "jacobian-tanh-2:1e5",
        "jacobian-tanh-16:1e5",
        "jacobian-tanh-64:1e4",
        "hessian-mlp-input:1e4",
        "hessian-mlp-params-385",
        "hessian-mlp-params-1201",
        "hvp-large",
        "spectrum-221-float32:1e5",
        "eigenvalues-20:1e4",
        "eigenvalues-32:1e4",
        "laplacian-mlp-input:1e5",
        "hessian-per-example:1e3",
        "density-digits",
        "monkey-saddle:1e6"
    })
    public String task = "";

    /** A variant's place in the list of the workload: 0 for new results, 1 for results in memory given. */
    @Param("0")
    public int variant;

    private Computation computation = new FreshResults(() -> {}, List::of);
    private Path folder = Path.of("");

    /** Prepares it. */
    @Setup(Level.Trial)
    public void prepare() {
        Task chosen = Task.of(task);
        folder = TemporaryFolder.create();
        WorkloadInputs.write(chosen, folder);
        List<Supplier<Computation>> variants =
                List.copyOf(OwnComputations.variants(chosen.workload(), new InputFiles(folder))
                        .values());
        if (variant >= variants.size()) {
            throw new IllegalArgumentException(
                    "variant: expected fewer than " + variants.size() + " for " + chosen + ", got " + variant);
        }
        computation = variants.get(variant).get();
    }

    /** Computes all points. */
    @Benchmark
    public int compute() {
        List<INDArray> results = computation.compute();
        computation.release(results);
        return results.size();
    }

    /** Frees what was prepared. */
    @TearDown(Level.Trial)
    public void close() {
        computation.close();
        TemporaryFolder.delete(folder);
    }
}

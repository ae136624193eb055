package org.curvature4j.krylov;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.operator.HeapSpace;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.VectorSpace;

/** Lanczos steps of an operator from random vectors, several of them in step. */
final class Probes {
    /** The most in step, beyond which operators share no more work. */
    private static final int MOST = 32;

    private Probes() {}

    /**
     * What each of the options' probes tells; the same bits however many go in step.
     *
     * @param bytes that the vectors of those in step may take on the heap; those of one in any case
     */
    static Probe[] of(LinearOperator operator, DensityOptions options, long bytes) {
        KrylovProcess.requireSymmetric(operator);
        int steps = Math.min(operator.columns(), options.steps());
        long each = (long) Double.BYTES * operator.columns() * (steps + 2);
        long fitting = Math.max(1, Math.min(Math.min(MOST, options.probes()), bytes / each));
        try (VectorSpace<?> space = operator.space(steps + 2, options.threads())) {
            return run(operator, space, steps, options, space instanceof HeapSpace ? (int) fitting : 1);
        }
    }

    private static <V> Probe[] run(
            LinearOperator operator, VectorSpace<V> space, int steps, DensityOptions options, int together) {
        List<KrylovProcess<V>> all = Stream.generate(() -> KrylovProcess.forValues(operator, steps, space))
                .limit(together)
                .toList();
        List<Probe> probes = new ArrayList<>();
        while (probes.size() < options.probes()) {
            List<KrylovProcess<V>> some = all.subList(0, Math.min(together, options.probes() - probes.size()));
            for (int k = 0; k < some.size(); k++) {
                some.get(k).reset();
                some.get(k).beginAtRandom(options.seed(), probes.size() + k);
            }
            Runnable stepped = () -> options.progress().advance(1);
            for (Tridiagonal tridiagonal : Tridiagonal.run(space, some, options.threads(), stepped)) {
                options.progress().advance(options.steps() - tridiagonal.order());
                probes.add(tridiagonal.probe());
            }
        }
        return probes.toArray(Probe[]::new);
    }
}

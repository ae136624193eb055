package org.curvature4j.krylov;

import java.util.stream.IntStream;
import org.curvature4j.operator.LinearOperator;

/** One Lanczos run of a fixed number of steps, then the wanted ones of its Ritz pairs. */
final class PlainSearch implements AutoCloseable {
    private final LanczosOptions options;
    private final int steps;
    private final KrylovProcess<?> process;

    PlainSearch(LinearOperator operator, LanczosOptions options) {
        this.options = options;
        steps = Math.min(operator.columns(), options.plainSteps);
        process = options.vectors
                ? KrylovProcess.of(operator, steps, options.threads)
                : KrylovProcess.forValues(operator, steps, options.threads);
    }

    Eigenpairs run() {
        boolean grows = false;
        for (int step = 0; step < steps; step++) {
            if (step == 0 && options.start != null) {
                process.begin(options.start);
            } else if (!grows) {
                // An invariant space: another one beside it makes up for the steps that are left.
                process.beginAtRandom(options.seed, step);
            }
            grows = process.step();
            options.progress.advanced(process.products(), 0);
        }
        RitzPairs pairs = process.ritzPairs();
        int[] best = options.end.best(pairs.values(), options.count);
        double[] values = IntStream.of(best).mapToDouble(pairs::value).toArray();
        double[] residuals = IntStream.of(best).mapToDouble(pairs::residual).toArray();
        double scale = Math.max(Math.abs(pairs.value(0)), Math.abs(pairs.value(pairs.order() - 1)));
        boolean everything = pairs.order() == process.dimension();
        if (options.vectors) {
            process.lock(pairs, best);
        }
        return Eigenpairs.of(process, options, values, residuals, scale, everything);
    }

    @Override
    public void close() {
        process.close();
    }
}

package org.curvature4j.krylov;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The verified search for eigenpairs: runs of thick-restart Lanczos, each in the complement of what the runs before it
 * have locked, until one finds nothing more that is wanted.
 */
final class EigenpairSearch implements AutoCloseable {
    /** Steps between looks at the Ritz values: a look costs little but not nothing where products are cheap. */
    private static final int LOOK = 4;

    /**
     * The best Ritz value of a verifying run counts as not wanted when its residual is this share of its distance from
     * the wanted ones: an eigenvalue lies within the residual, and what the run hasn't seen yet would have to lie on the
     * far side of that gap.
     */
    private static final double SHARE_OF_GAP = 0.1;

    private final LanczosOptions options;
    private final SpectrumEnd end;
    private final int n;
    private final KrylovProcess<?> process;
    private double[] lockedValues = {};
    private double[] lockedResiduals = {};
    private double scale;
    private int converged;
    private boolean complete;

    EigenpairSearch(org.curvature4j.operator.LinearOperator operator, LanczosOptions options) {
        this.options = options;
        end = options.end;
        n = operator.columns();
        process = KrylovProcess.of(operator, Math.min(n, options.basisSize), options.threads);
    }

    Eigenpairs run() {
        for (int run = 0; !complete; run++) {
            if (run == 0 && options.start != null) {
                process.begin(options.start);
            } else {
                process.beginAtRandom(options.seed, run);
            }
            if (!runOnce()) {
                break;
            }
        }
        return Eigenpairs.of(process, options, lockedValues, lockedResiduals, scale, complete);
    }

    /** One run; whether it came to its end before the products did. */
    private boolean runOnce() {
        while (true) {
            boolean grows = process.step();
            boolean spent = process.products() >= options.mostProducts;
            boolean full = process.isFull();
            options.progress.advanced(process.products(), converged);
            if (grows && !spent && !full && process.steps() % LOOK != 0) {
                continue;
            }
            RitzPairs pairs = process.ritzPairs();
            for (double value : pairs.values()) {
                scale = Math.max(scale, Math.abs(value));
            }
            boolean ended = lockedValues.length < options.count ? found(pairs, !grows) : verified(pairs);
            if (ended) {
                complete |= lockedValues.length == n;
                return true;
            }
            if (spent) {
                lock(pairs, wanted(pairs));
                return false;
            }
            if (full) {
                process.restart(pairs, kept(pairs));
            }
        }
    }

    private double tolerance() {
        return options.tolerance * scale;
    }

    /** Locks the wanted pairs if all have converged; in an invariant space all have, and all are taken if too few. */
    private boolean found(RitzPairs pairs, boolean invariant) {
        int total = lockedValues.length + pairs.order();
        if (total < options.count) {
            if (invariant) {
                lock(pairs, all(pairs));
            }
            return invariant;
        }
        int[] wanted = wanted(pairs);
        converged = options.count
                - (int) IntStream.of(wanted)
                        .filter(index -> pairs.residual(index) > tolerance())
                        .count();
        if (converged < options.count) {
            return false;
        }
        // A space that is everything has nothing outside to be verified.
        complete = total == n;
        lock(pairs, wanted);
        return true;
    }

    /** Looks for pairs that belong among those locked; ends the run if it has them, or if there are none. */
    private boolean verified(RitzPairs pairs) {
        int[] beyond = IntStream.range(0, pairs.order())
                .filter(index -> end.beyond(pairs.value(index), lockedValues) > tolerance())
                .toArray();
        if (beyond.length > 0) {
            if (!haveConverged(pairs, beyond)) {
                return false;
            }
            complete = lockedValues.length + pairs.order() == n;
            lock(pairs, beyond);
            return true;
        }
        if ((end.looksUp() && !isJudged(pairs, pairs.order() - 1))
                || (end.looksDown(options.count) && !isJudged(pairs, 0))) {
            return false;
        }
        complete = true;
        process.clear();
        return true;
    }

    private boolean isJudged(RitzPairs pairs, int index) {
        double gap = -end.beyond(pairs.value(index), lockedValues);
        return pairs.residual(index) <= Math.max(tolerance(), SHARE_OF_GAP * gap);
    }

    private boolean haveConverged(RitzPairs pairs, int... indices) {
        return IntStream.of(indices).allMatch(index -> pairs.residual(index) <= tolerance());
    }

    /**
     * What a restart keeps: what is wanted of this run and half of the rest, those next to it. Keeping some unwanted
     * ones spares the steps that would find them again (Wu and Simon, section 4).
     */
    private int[] kept(RitzPairs pairs) {
        int wanted = lockedValues.length < options.count
                ? options.count - lockedValues.length
                : (int) IntStream.range(0, pairs.order())
                                .filter(index -> end.beyond(pairs.value(index), lockedValues) > tolerance())
                                .count()
                        + 2;
        int count = Math.min(pairs.order() - 1, wanted + Math.max(0, pairs.order() - wanted) / 2);
        return end.best(pairs.values(), count);
    }

    /** The Ritz pairs that are among the best of them and of those locked. */
    private int[] wanted(RitzPairs pairs) {
        return IntStream.of(end.best(joined(lockedValues, pairs.values()), options.count))
                .map(index -> index - lockedValues.length)
                .filter(index -> index >= 0)
                .toArray();
    }

    private static int[] all(RitzPairs pairs) {
        return IntStream.range(0, pairs.order()).toArray();
    }

    /** Locks pairs, and of all locked ones keeps the wanted. */
    private void lock(RitzPairs pairs, int... chosen) {
        double[] values = joined(
                lockedValues, IntStream.of(chosen).mapToDouble(pairs::value).toArray());
        double[] residuals = joined(
                lockedResiduals,
                IntStream.of(chosen).mapToDouble(pairs::residual).toArray());
        process.lock(pairs, chosen);
        int[] best = end.best(values, options.count);
        process.keepLocked(best);
        lockedValues = IntStream.of(best).mapToDouble(i -> values[i]).toArray();
        lockedResiduals = IntStream.of(best).mapToDouble(i -> residuals[i]).toArray();
    }

    private static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public void close() {
        process.close();
    }
}

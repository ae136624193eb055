package org.curvature4j.krylov;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.operator.VectorSpace;

/** The symmetric tridiagonal matrix T of Lanczos steps from a start vector. Immutable. */
public final class Tridiagonal {
    private final double[] diagonal;
    private final double[] offDiagonal;
    private final boolean breakdown;
    private final Probe probe;

    private Tridiagonal(KrylovProcess<?> process) {
        int order = process.steps();
        diagonal = new double[order];
        offDiagonal = new double[order];
        for (int i = 0; i < order; i++) {
            diagonal[i] = process.diagonal(i);
            offDiagonal[i] = process.offDiagonal(i);
        }
        breakdown = process.coupling() == 0;
        Quadrature whole = Quadrature.of(process.ritzPairs(order));
        Quadrature partial = breakdown ? whole : Quadrature.of(process.ritzPairs(Math.max(1, 3 * order / 4)));
        probe = new Probe(whole, partial, diagonal[0], process.firstNorm(), order);
    }

    /** Steps from the vector that a process has begun with, until the space is invariant or full. */
    static <V> Tridiagonal run(KrylovProcess<V> process) {
        return run(process.space(), List.of(process), 1, () -> {})[0];
    }

    /**
     * Steps from the vectors that processes of one space have begun with, all of them one step at a time, so that the operator has
     * several vectors to multiply at once.
     *
     * @param space safe for several threads where there are several processes
     * @param threads that work on processes at most, each on one at a time
     * @param stepped hears of each step of each
     */
    static <V> Tridiagonal[] run(
            VectorSpace<V> space, List<KrylovProcess<V>> processes, int threads, Runnable stepped) {
        List<KrylovProcess<V>> growing = new ArrayList<>(processes);
        while (!growing.isEmpty()) {
            space.multiply(
                    growing.stream().map(KrylovProcess::next).toList(),
                    growing.stream().map(KrylovProcess::product).toList());
            forEach(growing, threads, k -> growing.get(k).advance());
            growing.forEach(process -> stepped.run());
            growing.removeIf(process -> process.coupling() == 0 || process.isFull());
        }
        Tridiagonal[] all = new Tridiagonal[processes.size()];
        forEach(processes, threads, k -> all[k] = new Tridiagonal(processes.get(k)));
        return all;
    }

    private static void forEach(List<?> list, int threads, IntConsumer work) {
        Workers.run(list.size(), 1, threads, () -> (first, count) -> work.accept((int) first));
    }

    /** Rows, which is the number of products taken. */
    public int order() {
        return diagonal.length;
    }

    /** The diagonal alpha, a new array. */
    public double[] alpha() {
        return diagonal.clone();
    }

    /**
     * The entries beside the diagonal beta, as many as rows: the last one couples to the vector that would be next, and
     * is 0 after a breakdown. A new array.
     */
    public double[] beta() {
        return offDiagonal.clone();
    }

    /**
     * Whether the Krylov space is invariant, to rounding: there were no further steps to take, and all Ritz values are
     * eigenvalues.
     */
    public boolean breakdown() {
        return breakdown;
    }

    /** Eigenvalues of T, ascending, a new array. */
    public double[] ritzValues() {
        return probe.whole().nodes().clone();
    }

    /**
     * For each Ritz value its weight in the Gauss quadrature of the start vector v: the sum of weight times f(value) is
     * close to v'f(A)v / v'v. They add up to 1. A new array.
     */
    public double[] weights() {
        return probe.whole().weights().clone();
    }

    /** What the start vector told. */
    Probe probe() {
        return probe;
    }

    @Override
    public String toString() {
        return "tridiagonal matrix of order " + order() + (breakdown ? ", of an invariant space" : "");
    }
}

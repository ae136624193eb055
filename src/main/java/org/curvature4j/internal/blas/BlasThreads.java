package org.curvature4j.internal.blas;

import org.bytedeco.openblas.global.openblas;

/**
 * Holds OpenBLAS at one thread while any solver is open, and gives back the number found before.
 *
 * <p>OpenBLAS starts with a thread a processor and spreads even an 11x11 problem over them: 8.6 us with two idle
 * processors where one thread takes 4.1, and 73 us when two Java threads do so at once. The number is one for the whole
 * process, hence the count of holders. Before its first use OpenBLAS doesn't tell its number; then it stays at one until
 * ND4J's start sets it.
 */
public final class BlasThreads implements AutoCloseable {

    private static int holders;
    private static int found;

    private boolean held = true;

    private BlasThreads() {}

    /**
     * Takes hold; {@link #close} lets go.
     *
     * @throws IllegalStateException if the library is known to compute wrong
     */
    public static synchronized BlasThreads single() {
        OpenBlas.requireRight();
        if (holders++ == 0) {
            found = openblas.blas_get_num_threads();
        }
        // ND4J's start may have set it again since the first holder did.
        if (openblas.blas_get_num_threads() != 1) {
            openblas.blas_set_num_threads(1);
        }
        return new BlasThreads();
    }

    @Override
    public void close() {
        synchronized (BlasThreads.class) {
            if (held) {
                held = false;
                if (--holders == 0 && found > 1) {
                    openblas.blas_set_num_threads(found);
                }
            }
        }
    }
}

package org.curvature4j.internal.gpu.ptx;

/**
 * What a kernel that is written in Java asks of the device: words that the translation to PTX knows. They have no meaning
 * in the JVM, where calling one fails.
 */
@SuppressWarnings("DoNotCallSuggester") // they are called, by methods that are translated
public final class Threads {
    private Threads() {}

    /** The number of the calling thread among all of the launch. */
    public static long index() {
        throw onlyTranslated();
    }

    /** How many threads the launch has. */
    public static long count() {
        throw onlyTranslated();
    }

    /** The number of the thread's block. */
    public static long block() {
        throw onlyTranslated();
    }

    /** The number of the thread within its block. */
    public static int inBlock() {
        throw onlyTranslated();
    }

    public static int blockSize() {
        throw onlyTranslated();
    }

    /** The number of the thread within its warp of 32. */
    public static int lane() {
        throw onlyTranslated();
    }

    /** Waits for all threads of the block, whose writes to memory are then seen. */
    public static void barrier() {
        throw onlyTranslated();
    }

    /** What another lane of the warp calls this with; all 32 must call it. */
    public static double shuffle(double value, int lane) {
        throw onlyTranslated();
    }

    /** Numbers that the threads of a block share; the length must be known when compiling. */
    public static double[] shared(int length) {
        throw onlyTranslated();
    }

    /** The array that begins at an element of another. */
    public static double[] from(double[] array, long element) {
        throw onlyTranslated();
    }

    public static long[] from(long[] array, long element) {
        throw onlyTranslated();
    }

    /** Adds to an element, whoever else does at the same time. */
    public static void add(long[] array, int element, long value) {
        throw onlyTranslated();
    }

    /** Lowers an element to a value that is smaller, both without a sign. */
    public static void lower(long[] array, int element, long value) {
        throw onlyTranslated();
    }

    private static UnsupportedOperationException onlyTranslated() {
        return new UnsupportedOperationException("kernel: expected to run on a device, got called in the JVM");
    }
}

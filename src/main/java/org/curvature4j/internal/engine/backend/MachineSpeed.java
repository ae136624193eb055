package org.curvature4j.internal.engine.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the machine itself does, to hold results against: memory is written by the C library's {@code memset} and
 * {@code memcpy}, a thread for each worker, matrices are multiplied by ND4J's BLAS. Each figure is the best of several
 * tries, because whatever disturbs one makes it slower.
 *
 * @param write GB/s into memory that was written before
 * @param fresh GB/s into memory just allocated, whose pages the operating system has yet to give
 * @param copy GB/s written by copies between two places
 * @param gemm GFLOP/s of the product of two float64 matrices of order 1024
 */
public record MachineSpeed(double write, double fresh, double copy, double gemm) {
    /** What {@link #figures} calls the speed at which memory is written that was written before. */
    public static final String WRITTEN = "memory written, GB/s";

    /** More than the last-level caches of current processors. */
    private static final long BYTES = 1L << 28;

    private static final int TRIES = 7;
    private static final int ORDER = 1024;

    /** Measures all; takes a second or two, and half a gigabyte. */
    public static MachineSpeed measure() {
        int threads = Backend.get().settings().threads();
        long part = BYTES / threads;
        List<Pointer> first = new ArrayList<>();
        List<Pointer> second = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                first.add(filled(part));
                second.add(filled(part));
            }
            double write = rate(threads, part, i -> Pointer.memset(first.get(i), 1, part));
            double copy = rate(threads, part, i -> Pointer.memcpy(first.get(i), second.get(i), part));
            double fresh = rate(threads, part, i -> Pointer.free(filled(part)));
            return new MachineSpeed(write, fresh, copy, gemm(threads));
        } finally {
            first.forEach(Pointer::free);
            second.forEach(Pointer::free);
        }
    }

    /** The figures by name, with their units. */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(WRITTEN, write);
        figures.put("fresh memory written, GB/s", fresh);
        figures.put("memory copied, GB/s", copy);
        figures.put("gemm, GFLOP/s", gemm);
        return figures;
    }

    private static Pointer filled(long bytes) {
        Pointer pointer = Pointer.malloc(bytes);
        if (pointer == null || pointer.isNull()) {
            throw new OutOfMemoryError("can't allocate " + bytes + " bytes to measure memory with");
        }
        return Pointer.memset(pointer, 1, bytes);
    }

    private static double rate(int threads, long bytes, IntConsumer task) {
        double best = 0;
        for (int i = 0; i < TRIES; i++) {
            long start = System.nanoTime();
            onThreads(threads, task);
            best = Math.max(best, (double) bytes * threads / (System.nanoTime() - start));
        }
        return best;
    }

    private static void onThreads(int threads, IntConsumer task) {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            int index = i;
            Thread thread = new Thread(() -> task.accept(index), "curvature4j-memory-" + i);
            thread.start();
            others.add(thread);
        }
        task.accept(0);
        for (Thread thread : others) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("machine: interrupted while it was measured", e);
            }
        }
    }

    /** With all threads of BLAS, which the backend holds at one otherwise. */
    private static double gemm(int threads) {
        boolean cpu = Nd4j.getEnvironment().isCPU();
        try (INDArray a = Nd4j.rand(DataType.DOUBLE, ORDER, ORDER);
                INDArray b = Nd4j.rand(DataType.DOUBLE, ORDER, ORDER);
                INDArray product = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {ORDER, ORDER}, 'f')) {
            if (cpu) {
                Nd4j.factory().blas().setMaxThreads(threads);
            }
            double best = 0;
            for (int i = 0; i < TRIES; i++) {
                long start = System.nanoTime();
                Nd4j.gemm(a, b, product, false, false, 1, 0);
                Nd4j.getExecutioner().commit();
                best = Math.max(best, 2.0 * ORDER * ORDER * ORDER / (System.nanoTime() - start));
            }
            return best;
        } finally {
            if (cpu) {
                Nd4j.factory().blas().setMaxThreads(1);
            }
        }
    }
}

package org.curvature4j.internal.engine.fused;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.code.GeneratedClass;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.scalar.ScalarAlgebra;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A small function compiled into Java code of its own: the graph as scalar expressions at one point, without structural
 * zeros and repeated work, run over blocks of the batch. On CPU only. The same bits for any number of threads and any
 * block, since every point is computed alone.
 */
public final class FusedFunction implements BatchFunction {
    /** Numbers a block may hold, points and results: they stay in the processor's second cache. */
    private static final int BLOCK = 1 << 14;

    /** Points of a block at least: fewer are not worth handing out. */
    private static final int SMALLEST = 16;

    /**
     * Computations and results that are interpreted before code is made of a function. Measured on an AMD EPYC in a new JVM:
     * the first compilation takes 0.13 s, as long as that many; further ones take a tenth.
     */
    private static final long INTERPRETED = 20_000;

    /** A loop and the scratch numbers that it takes. */
    private record Code(ScalarLoop loop, int workLength) {}

    private final ScalarProgram program;
    private volatile Code code;
    private final AtomicLong interpreted = new AtomicLong();
    private final int threads;
    private final int block;
    private final double[] constants;
    private final int computations;
    private final ThreadLocal<double[]> work = ThreadLocal.withInitial(() -> new double[0]);
    private final ConcurrentLinkedDeque<Buffers> idle = new ConcurrentLinkedDeque<>();
    /** A use under way may go on: what it works on is the garbage collector's. */
    private volatile boolean closed;

    private FusedFunction(ScalarProgram program, Settings settings) {
        this.program = program;
        this.threads = settings.threads();
        this.constants = program.constants();
        this.computations = program.calls().size();
        int numbers = program.inputs() + program.outputs().size();
        this.block = settings.tile() > 0 ? settings.tile() : block(numbers);
        this.code = new Code(new ScalarInterpreter(program), 0);
        if (settings.engine() == Engine.FUSED || isWorthCode(1)) {
            compile();
        }
    }

    /** The nearest power of two, so that code made for a block finds full ones. */
    private static int block(int numbers) {
        return Math.max(SMALLEST, Integer.highestOneBit(BLOCK / numbers * 4 / 3));
    }

    /** What computes so many points more. */
    private Code code(long points) {
        if (!isCompiled() && isWorthCode(points)) {
            compile();
        }
        return code;
    }

    boolean isCompiled() {
        return !(code.loop() instanceof ScalarInterpreter);
    }

    private boolean isWorthCode(long points) {
        return interpreted.addAndGet(points * (computations + program.outputs().size())) > INTERPRETED;
    }

    private synchronized void compile() {
        if (!isCompiled()) {
            ScalarSource source = new ScalarSource(program, block);
            code = new Code(GeneratedClass.instance(ScalarLoop.class, source.text()), source.workLength());
        }
    }

    /**
     * Prepares a function, by the graph that needs the least work of those that can be compiled.
     *
     * @param graphs of the same function, one output; the first input is the point
     * @param feeds values of the inputs after the point, which become part of the code; null, which is refused, if they are
     *     given with each call
     * @param symmetric the size of the square matrix with which each result begins and that is to be symmetric, or 0
     * @throws Unsuitable if all are too large, or have an operation without scalar code
     */
    public static FusedFunction of(
            List<Graph> graphs, @Nullable List<INDArray> feeds, int symmetric, Settings settings) {
        return of(ScalarProgram.least(graphs, feeds, symmetric), settings);
    }

    /**
     * Prepares a program. It is compiled at once if the engine was asked for or a point is much work, else when it has computed
     * enough points; the bits are the same.
     *
     * @throws Unsuitable if the code is beyond a limit of Java's
     */
    public static FusedFunction of(ScalarProgram program, Settings settings) {
        return new FusedFunction(program, settings);
    }

    /** One thread's arrays. */
    private final class Buffers {
        final double[] in;
        final double[] out;
        final Code code;
        final double[] work;

        Buffers(Code code, int points) {
            this.code = code;
            work = new double[code.workLength()];
            in = new double[points * program.inputs()];
            out = new double[points * program.outputs().size()];
            // The loop leaves alone what it doesn't compute, so constants are set once.
            for (int i = 0; i < points; i++) {
                System.arraycopy(constants, 0, out, i * constants.length, constants.length);
            }
        }

        void run(RowSource source, RowSink sink, long first, int count) {
            source.read(first, count, in);
            code.loop().run(in, out, work, count);
            sink.write(first, count, out);
        }
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        requireOpen();
        Code chosen = code(source.rows());
        Workers.run(source.rows(), block, threads, () -> borrowed(chosen, source, sink, progress));
    }

    /** As above, straight from and into the caller's arrays: nothing is allocated, nor handed to another thread. */
    @Override
    public void evaluate(double[] point, double[] result) {
        requireOpen();
        System.arraycopy(constants, 0, result, 0, constants.length);
        Code chosen = code(1);
        double[] scratch = work.get();
        if (scratch.length < chosen.workLength()) {
            scratch = new double[chosen.workLength()];
            work.set(scratch);
        }
        chosen.loop().run(point, result, scratch, 1);
    }

    private Workers.Worker borrowed(Code chosen, RowSource source, RowSink sink, Progress progress) {
        int points = (int) Math.min(block, source.rows());
        Buffers pooled = idle.poll();
        Buffers buffers = pooled != null && pooled.code.equals(chosen) && pooled.in.length >= points * program.inputs()
                ? pooled
                : new Buffers(chosen, points);
        return new Workers.Worker() {
            @Override
            public void run(long first, int count) {
                buffers.run(source, sink, first, count);
                progress.advance(count);
            }

            @Override
            public void close() {
                idle.push(buffers);
            }
        };
    }

    @Override
    public String describe() {
        return "fused code, for small functions: " + computations + " computations a point, of at most "
                + ScalarAlgebra.LARGEST + ", blocks of " + block + " points, threads: " + threads;
    }

    private void requireOpen() {
        if (closed) {
            throw Lifetime.closed("function");
        }
    }

    @Override
    public void close() {
        closed = true;
        idle.clear();
    }
}

package org.curvature4j.internal.engine.nd4j;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.program.Instruction;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.engine.program.Target;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.Feeds;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.NativeArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph compiled for its exact shapes into ND4J operations on memory allocated once. Running it allocates nothing.
 * Used by one thread at a time, which others wait for; owns its memory and frees it when closed.
 */
public final class TensorPlan implements AutoCloseable {
    private final Target<INDArray> target;
    private final List<INDArray> inputs;
    private final List<INDArray> outputs;
    private final List<Step> seldom = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Step> finished = new ArrayList<>();
    private final List<INDArray> owned = new ArrayList<>();
    private final Map<Slot, INDArray> memory = new HashMap<>();
    private final Map<DType, INDArray> arenas = new EnumMap<>(DType.class);
    private final TensorProgram program;
    private final int threads;
    private boolean closed;

    /** Compiles a graph and allocates its memory. */
    public static TensorPlan of(Graph graph) {
        return new TensorPlan(TensorProgram.of(graph));
    }

    /**
     * Compiles a graph for one call at a time that all threads of the settings share.
     *
     * @param graph too large for its work to fit one thread
     */
    public static TensorPlan shared(Graph graph) {
        int threads = Backend.get().settings().threads();
        return new TensorPlan(TensorProgram.whole(graph), new PanelTarget(threads), threads);
    }

    /**
     * As {@link #shared(Graph)}, for a graph of which one input changes from call to call: {@link #prepare} computes what
     * doesn't depend on it.
     *
     * @param varying that input's position
     */
    static TensorPlan shared(Graph graph, int varying, int threads) {
        return new TensorPlan(TensorProgram.of(graph, varying), new PanelTarget(threads), threads);
    }

    /** The same computation with memory of its own, of calls that so many threads share. */
    TensorPlan another(int sharing) {
        return new TensorPlan(program, new PanelTarget(sharing), sharing);
    }

    public TensorPlan(TensorProgram program) {
        this(program, new Nd4jTarget());
    }

    public TensorPlan(TensorProgram program, Target<INDArray> target) {
        this(program, target, 1);
    }

    /** @param threads that share the copying of arguments and results */
    private TensorPlan(TensorProgram program, Target<INDArray> target, int threads) {
        this.threads = threads;
        this.program = program;
        this.target = target;
        program.arena()
                .sizes()
                .forEach((dtype, size) ->
                        arenas.put(dtype, own(NativeArrays.allocate(new TensorType(dtype, Shape.of(size))))));
        this.inputs = program.inputs().stream().map(this::array).toList();
        for (Instruction instruction : program.once()) {
            Step step = bind(instruction);
            step.run();
            finished.add(step);
        }
        program.seldom().forEach(instruction -> seldom.add(bind(instruction)));
        program.each().forEach(instruction -> steps.add(bind(instruction)));
        this.outputs = program.outputs().stream().map(this::array).toList();
    }

    private Step bind(Instruction instruction) {
        List<INDArray> arguments =
                instruction.inputs().stream().map(this::array).toList();
        return instruction.operation().bind(target, arguments, array(instruction.output()));
    }

    private INDArray array(Slot slot) {
        Slot root = slot.root();
        INDArray whole = memory.get(root);
        if (whole == null) {
            whole = allocate(root);
            memory.put(root, whole);
        }
        return slot == root
                ? whole
                : NativeArrays.inside(whole, slot.offset(), slot.type().shape());
    }

    private INDArray allocate(Slot root) {
        double[] constant = root.constant();
        if (constant != null) {
            return own(NativeArrays.constant(root.type(), constant));
        }
        INDArray arena = arenas.get(root.type().dtype());
        if (arena != null && program.arena().holds(root)) {
            return NativeArrays.inside(
                    arena, program.arena().offset(root), root.type().shape());
        }
        return own(NativeArrays.allocate(root.type()));
    }

    private INDArray own(INDArray array) {
        owned.add(array);
        return array;
    }

    /** The arrays to fill before {@link #run}, in the graph's order; this plan's own. */
    public List<INDArray> inputs() {
        return inputs;
    }

    /** The arrays that {@link #run} fills; this plan's own, overwritten by the next run. */
    public List<INDArray> outputs() {
        return outputs;
    }

    /** Computes what depends on seldom changing inputs alone, where the plan tells them apart, from their values. */
    synchronized void prepare() {
        requireOpen();
        seldom.forEach(Step::run);
    }

    /** Computes the outputs from the inputs. */
    public synchronized void run() {
        requireOpen();
        steps.forEach(Step::run);
    }

    /** Memory that this takes, in bytes. */
    long bytes() {
        return program.bytes();
    }

    /**
     * Copies arguments in, runs, and copies the results out into arrays that the caller owns.
     *
     * @throws IllegalArgumentException if there are more or fewer arguments than inputs, or one doesn't fit its input
     */
    public synchronized List<INDArray> call(List<INDArray> arguments) {
        requireOpen();
        fill(arguments);
        run();
        return outputs.stream().map(output -> HostArray.copyOf(output, threads)).toList();
    }

    private void fill(List<INDArray> arguments) {
        List<TensorType> types = program.inputs().stream().map(Slot::type).toList();
        List<INDArray> typed = Feeds.typed(types, arguments);
        for (int i = 0; i < inputs.size(); i++) {
            HostArray.copyNumbers("argument " + i, typed.get(i), inputs.get(i), threads);
        }
        Feeds.close(typed, arguments);
    }

    private void requireOpen() {
        if (closed) {
            throw Lifetime.closed("plan");
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        steps.forEach(Step::close);
        seldom.forEach(Step::close);
        finished.forEach(Step::close);
        for (INDArray array : owned) {
            if (array.closeable()) {
                array.close();
            }
        }
    }
}

package org.curvature4j.internal.engine.program;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.Primitive;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph as instructions with memory assigned but not yet allocated. Shared by the plans of all threads.
 *
 * @param inputs slots that the caller fills
 * @param outputs slots that the caller reads
 * @param once instructions that depend on constants alone, run when a plan is made
 * @param seldom instructions that don't depend on the input that varies, where one was named; run when others change
 * @param each instructions run every time
 * @param lasting slots that keep their memory throughout: inputs, outputs, results that a later stage reads
 * @param arena where intermediate values of {@code seldom} and {@code each} live
 */
public record TensorProgram(
        List<Slot> inputs,
        List<Slot> outputs,
        List<Instruction> once,
        List<Instruction> seldom,
        List<Instruction> each,
        Set<Slot> lasting,
        Arena arena) {

    public static TensorProgram of(Graph graph) {
        return of(graph, new Recorder());
    }

    public static TensorProgram of(Graph graph, Recorder recorder) {
        return of(graph, recorder, input -> true, false);
    }

    /** The program of a graph for one call at a time. */
    public static TensorProgram whole(Graph graph) {
        return of(graph, new Recorder(), input -> true, true);
    }

    /** The program of a graph of which only one input changes from call to call. */
    public static TensorProgram of(Graph graph, int varying) {
        return of(graph, new Recorder(), input -> input == varying, true);
    }

    /** As above, by a recorder of the caller's. */
    public static TensorProgram of(Graph graph, Recorder recorder, int varying) {
        return of(graph, recorder, input -> input == varying, false);
    }

    /** The program of a loop's body, whose first inputs change from step to step. */
    static TensorProgram repeated(Graph body, Recorder recorder, int changing) {
        return of(body, recorder, input -> input < changing, false);
    }

    /** @param adds whether the target can add to a product */
    private static TensorProgram of(Graph graph, Recorder recorder, IntPredicate varies, boolean adds) {
        Map<Node, Kernels.Value> values = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Kernels.Value> operands =
                    node.operands().stream().map(values::get).toList();
            values.put(node, value(recorder, node, operands));
        }
        List<Slot> inputs = slots(graph.inputs(), values);
        Set<Slot> varying = new HashSet<>();
        IntStream.range(0, inputs.size()).filter(varies).mapToObj(inputs::get).forEach(varying::add);
        return split(inputs, slots(graph.outputs(), values), recorder, varying, adds);
    }

    private static List<Slot> slots(List<Node> nodes, Map<Node, Kernels.Value> values) {
        return nodes.stream()
                .map(node -> (Slot) requireNonNull(values.get(node)))
                .toList();
    }

    private static Kernels.Value value(Recorder recorder, Node node, List<Kernels.Value> operands) {
        if (node.op() instanceof Leaf.Literal literal) {
            return Slot.constant(node.type(), literal.values());
        } else if (node.op() instanceof Primitive primitive) {
            return primitive.compute(recorder, node, operands);
        }
        return Slot.fresh(node.type());
    }

    private static TensorProgram split(
            List<Slot> inputs, List<Slot> outputs, Recorder recorder, Set<Slot> changing, boolean adds) {
        Set<Slot> fed = new HashSet<>(inputs);
        Set<Slot> varying = new HashSet<>(changing);
        List<Instruction> once = new ArrayList<>();
        List<Instruction> seldom = new ArrayList<>();
        List<Instruction> each = new ArrayList<>();
        Set<Slot> read = roots(outputs.stream());
        for (Instruction instruction : Liveness.needed(recorder.instructions(), read)) {
            if (reads(instruction, varying)) {
                varying.add(instruction.output());
                each.add(instruction);
            } else if (reads(instruction, fed)) {
                fed.add(instruction.output());
                seldom.add(instruction);
            } else {
                once.add(instruction);
            }
        }
        Set<Slot> lasting = new HashSet<>(inputs);
        once.forEach(instruction -> lasting.add(instruction.output()));
        outputs.forEach(output -> lasting.add(output.root()));
        Set<Slot> kept = roots(seldom.stream().map(Instruction::output));
        kept.retainAll(roots(each.stream().flatMap(instruction -> instruction.inputs().stream())));
        lasting.addAll(kept);
        List<Instruction> rarely = seldom;
        List<Instruction> always = each;
        if (adds && Nd4j.getEnvironment().isCPU()) {
            rarely = EmbeddedSums.of(SummedProducts.of(seldom, lasting), lasting);
            always = EmbeddedSums.of(SummedProducts.of(each, lasting), lasting);
        }
        if (recorder.joinsElementwise()) {
            rarely = JoinedElementwise.of(rarely, lasting);
            always = JoinedElementwise.of(always, lasting);
        }
        if (recorder.joinsInPlace()) {
            rarely = Placement.of(rarely, lasting);
            always = Placement.of(always, lasting);
        }
        Arena arena =
                Arena.assign(Stream.concat(rarely.stream(), always.stream()).toList(), lasting);
        return new TensorProgram(inputs, outputs, once, rarely, always, lasting, arena);
    }

    private static boolean reads(Instruction instruction, Set<Slot> roots) {
        return instruction.inputs().stream().anyMatch(input -> roots.contains(input.root()));
    }

    private static Set<Slot> roots(Stream<Slot> slots) {
        return slots.map(Slot::root).collect(Collectors.toCollection(HashSet::new));
    }

    /** Slots with memory of their own: inputs, outputs and constants. */
    public Set<Slot> own() {
        Set<Slot> own = new HashSet<>(lasting);
        Stream.of(once, seldom, each)
                .flatMap(List::stream)
                .forEach(instruction -> instruction.inputs().forEach(input -> own.add(input.root())));
        own.removeIf(arena::holds);
        return own;
    }

    /** The bodies of loops, which have memory of their own. */
    public List<LoopBody> bodies() {
        return Stream.of(once, seldom, each)
                .flatMap(List::stream)
                .map(Instruction::operation)
                .filter(Operation.Repeat.class::isInstance)
                .map(operation -> ((Operation.Repeat) operation).body())
                .toList();
    }

    /**
     * Bytes that a plan allocates for intermediate values, inputs, outputs, constants and decompositions, those of loops
     * included.
     */
    public long bytes() {
        return arena.bytes()
                + MatrixSteps.bytes(this)
                + bodies().stream()
                        .mapToLong(body -> body.program().bytes() + Double.BYTES * body.stateSize())
                        .sum()
                + own().stream()
                        .mapToLong(
                                slot -> slot.type().size() * slot.type().dtype().bytes())
                        .sum();
    }
}

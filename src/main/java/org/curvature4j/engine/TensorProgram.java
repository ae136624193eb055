package org.curvature4j.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.Primitive;

/**
 * A graph as instructions with memory assigned but not yet allocated. Shared by the plans of all threads.
 *
 * @param inputs slots that the caller fills
 * @param outputs slots that the caller reads
 * @param once instructions that depend on constants alone, run when a plan is made
 * @param each instructions run every time
 * @param lasting slots that keep their memory throughout: inputs, outputs, results of {@code once}
 * @param arena where intermediate values of {@code each} live
 */
record TensorProgram(
        List<Slot> inputs,
        List<Slot> outputs,
        List<Instruction> once,
        List<Instruction> each,
        Set<Slot> lasting,
        Arena arena) {

    static TensorProgram of(Graph graph) {
        return of(graph, new Recorder());
    }

    static TensorProgram of(Graph graph, Recorder recorder) {
        Map<Node, Kernels.Value> values = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Kernels.Value> operands =
                    node.operands().stream().map(values::get).toList();
            values.put(node, value(recorder, node, operands));
        }
        List<Slot> inputs = graph.inputs().stream()
                .map(input -> (Slot) java.util.Objects.requireNonNull(values.get(input)))
                .toList();
        List<Slot> outputs = graph.outputs().stream()
                .map(output -> (Slot) java.util.Objects.requireNonNull(values.get(output)))
                .toList();
        return split(inputs, outputs, recorder.instructions());
    }

    private static Kernels.Value value(Recorder recorder, Node node, List<Kernels.Value> operands) {
        if (node.op() instanceof Leaf.Literal literal) {
            return Slot.constant(node.type(), literal.values());
        } else if (node.op() instanceof Primitive primitive) {
            return primitive.compute(recorder, node, operands);
        }
        return Slot.fresh(node.type());
    }

    private static TensorProgram split(List<Slot> inputs, List<Slot> outputs, List<Instruction> instructions) {
        Set<Slot> varying = new HashSet<>(inputs);
        Set<Slot> lasting = new HashSet<>(inputs);
        List<Instruction> once = new ArrayList<>();
        List<Instruction> each = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (instruction.inputs().stream().anyMatch(input -> varying.contains(input.root()))) {
                varying.add(instruction.output());
                each.add(instruction);
            } else {
                lasting.add(instruction.output());
                once.add(instruction);
            }
        }
        outputs.forEach(output -> lasting.add(output.root()));
        return new TensorProgram(inputs, outputs, once, each, lasting, Arena.assign(each, lasting));
    }

    /** Slots with memory of their own: inputs, outputs and constants. */
    Set<Slot> own() {
        Set<Slot> own = new HashSet<>(lasting);
        List<Instruction> all = new ArrayList<>(once);
        all.addAll(each);
        for (Instruction instruction : all) {
            instruction.inputs().stream().map(Slot::root).forEach(own::add);
        }
        own.removeIf(arena::holds);
        return own;
    }

    /** Bytes that a plan allocates for intermediate values, inputs, outputs and constants. */
    long bytes() {
        return arena.bytes()
                + own().stream()
                        .mapToLong(
                                slot -> slot.type().size() * slot.type().dtype().bytes())
                        .sum();
    }
}

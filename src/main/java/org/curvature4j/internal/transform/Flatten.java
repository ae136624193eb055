package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.walk.Walk;
import org.curvature4j.op.Ops;

/** Functions of several tensors as functions of one vector, and other changes of what a graph takes and gives. */
public final class Flatten {
    /** The name of the input that a flattened graph takes. */
    public static final String POINT = "point";

    /** The name of the input that holds all that changes from row to row. */
    public static final String ROW = "row";

    private Flatten() {}

    /**
     * A graph of one vector in place of its first {@code count} inputs, laid end to end, each row-major.
     *
     * @return inputs: the vector, then the graph's others; outputs: the graph's, each as a vector of
     *     floating numbers, the vector's where it had others
     */
    public static Graph of(Graph graph, int count) {
        List<Node> varying = graph.inputs().subList(0, count);
        DType dtype = varying.get(0).dtype();
        for (int i = 0; i < count; i++) {
            Wrt.check(graph, i);
            if (varying.get(i).dtype() != dtype) {
                throw new IllegalArgumentException("with respect to '" + graph.inputName(i) + "': expected "
                        + TensorType.of(dtype).dtype() + " like the others, got "
                        + varying.get(i).type());
            }
        }
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        long size = varying.stream().mapToLong(input -> input.type().size()).sum();
        Node point = builder.input(POINT, TensorType.of(dtype, size));
        List<Node> arguments = new ArrayList<>();
        long offset = 0;
        for (Node input : varying) {
            long next = offset + input.type().size();
            arguments.add(ops.reshape(ops.slice(point, 0, offset, next), input.shape()));
            offset = next;
        }
        for (int i = count; i < graph.inputs().size(); i++) {
            arguments.add(
                    builder.freshInput(graph.inputName(i), graph.inputs().get(i).type()));
        }
        return builder.build(builder.inline(graph, arguments).stream()
                .map(output -> ops.reshape(
                        output.dtype().isFloat() ? output : ops.cast(output, dtype),
                        Shape.of(output.type().size())))
                .toList());
    }

    /**
     * Graphs of the same inputs as one.
     *
     * @param graphs of one output of floating numbers each
     * @return output: theirs, each row-major, one after the other, in the type of the first input
     */
    public static Graph joined(List<Graph> graphs) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        List<Node> inputs = Walk.declareInputs(builder, graphs.get(0));
        DType dtype = inputs.get(0).dtype();
        List<Node> parts = graphs.stream()
                .map(graph -> builder.inline(graph, inputs).get(0))
                .map(part -> ops.cast(ops.reshape(part, Shape.of(part.type().size())), dtype))
                .toList();
        return builder.build(List.of(ops.concat(parts, 0)));
    }

    /**
     * A graph of one vector in place of some inputs of any element types, laid end to end, each row-major, as numbers of one
     * floating type that holds what they hold.
     *
     * @param positions of the inputs, in the order in which the vector holds them; one alone that is floating is left as it is
     * @return inputs: the vector, then the graph's others in their order; outputs: the graph's
     */
    public static Graph rows(Graph graph, List<Integer> positions) {
        if (positions.size() == 1
                && graph.inputs().get(positions.get(0)).dtype().isFloat()) {
            return positions.get(0) == 0 ? graph : inputFirst(graph, positions.get(0));
        }
        List<TensorType> types =
                positions.stream().map(i -> graph.inputs().get(i).type()).toList();
        boolean narrow = types.stream().allMatch(type -> type.dtype() == DType.FLOAT32 || type.dtype() == DType.BOOL);
        long size = types.stream().mapToLong(TensorType::size).sum();
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node row = builder.input(ROW, TensorType.of(narrow ? DType.FLOAT32 : DType.FLOAT64, size));
        Node[] arguments = new Node[graph.inputs().size()];
        long offset = 0;
        for (int i = 0; i < types.size(); i++) {
            long next = offset + types.get(i).size();
            Node part =
                    ops.reshape(ops.slice(row, 0, offset, next), types.get(i).shape());
            arguments[positions.get(i)] = ops.cast(part, types.get(i).dtype());
            offset = next;
        }
        for (int i = 0; i < arguments.length; i++) {
            if (!positions.contains(i)) {
                arguments[i] = builder.freshInput(
                        graph.inputName(i), graph.inputs().get(i).type());
            }
        }
        return builder.build(builder.inline(graph, Arrays.asList(arguments)));
    }

    /** One element of a graph's first output, in row-major order, as a scalar. */
    public static Graph component(Graph graph, long index) {
        Node output = graph.outputs().get(0);
        long size = output.type().size();
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("output index: expected 0 to " + (size - 1) + ", got " + index);
        }
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node copied = builder.inline(graph, Walk.declareInputs(builder, graph)).get(0);
        Node flat = ops.reshape(copied, Shape.of(size));
        return builder.build(List.of(ops.slice(flat, 0, index, index + 1)));
    }

    /** The same graph with one of its inputs first and the others in their order after it. */
    public static Graph inputFirst(Graph graph, int position) {
        GraphBuilder builder = new GraphBuilder();
        Node[] arguments = new Node[graph.inputs().size()];
        arguments[position] = builder.input(
                graph.inputName(position), graph.inputs().get(position).type());
        for (int i = 0; i < arguments.length; i++) {
            if (i != position) {
                arguments[i] =
                        builder.input(graph.inputName(i), graph.inputs().get(i).type());
            }
        }
        return builder.build(builder.inline(graph, Arrays.asList(arguments)));
    }

    /**
     * Batching as users see it: over any axis of each input, the batch's axis first in the results.
     *
     * @param axes for each input where its batch axis lies, or -1 for an input without one
     * @param size of the batch
     */
    public static Graph vmap(Graph graph, List<Integer> axes, long size) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        List<Node> arguments = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            Node core = graph.inputs().get(i);
            int axis = axes.get(i);
            if (axis < -1 || axis > core.type().rank()) {
                throw new IllegalArgumentException("vmap axis of '" + graph.inputName(i) + "': expected -1 to "
                        + core.type().rank() + " for " + core.type() + ", got " + axis);
            }
            Node input = builder.input(
                    graph.inputName(i),
                    axis < 0 ? core.type() : core.type().withShape(insert(core.shape(), axis, size)));
            arguments.add(
                    axis < 0
                            ? input
                            : ops.permute(input, lastBecomes(core.type().rank(), axis, true)));
        }
        List<Boolean> batched = axes.stream().map(axis -> axis >= 0).toList();
        return builder.build(Vmap.map(builder, graph, arguments, batched, size).stream()
                .map(output -> ops.permute(output, lastBecomes(output.type().rank() - 1, 0, false)))
                .toList());
    }

    private static Shape insert(Shape shape, int axis, long size) {
        List<Long> dims = new ArrayList<>();
        for (long dim : shape.toArray()) {
            dims.add(dim);
        }
        dims.add(axis, size);
        return Shape.of(dims.stream().mapToLong(dim -> dim).toArray());
    }

    /** The order of axes that moves an axis to the end of a shape, or from its end. */
    private static List<Integer> lastBecomes(int rank, int axis, boolean toEnd) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i <= rank; i++) {
            order.add(i);
        }
        if (toEnd) {
            order.add(order.remove(axis));
        } else {
            order.add(axis, order.remove(rank));
        }
        return order;
    }
}

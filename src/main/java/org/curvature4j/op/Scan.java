package org.curvature4j.op;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * A loop of a known number of steps. Each step applies the body to the states that the step before left, to the step's slice
 * of each scanned operand, and to operands that are the same for all steps; it gives the next states and a slice of each
 * output. However many the steps, this is one node, and so are its derivatives: the tangent of a scan is a scan of the body
 * and its tangent, its cotangent a scan of the body's cotangent in the other direction, over the states that a scan of the
 * body has kept, and over a batch it is a scan of the body over a batch.
 *
 * <p>Operands: the initial states, then the scanned ones, of which slice t along the first axis belongs to step t, then those
 * that don't change. Result: one vector of the last states, then the outputs, each row-major, those with the steps along a
 * first axis ({@link Packing}); {@link Ops#scan} takes it apart.
 *
 * @param body inputs: states, slices, unchanging; outputs: next states of the types of the states, then slices of outputs. All
 *     states and outputs are floating numbers of one type
 * @param states how many of the body's inputs, and outputs, are states
 * @param scanned how many of the body's inputs are slices
 * @param length the number of steps, at least 1
 * @param reverse whether the first step is that of the last slices
 */
public record Scan(Graph body, int states, int scanned, long length, boolean reverse) implements Primitive {
    /** Scans inside of scans at most. */
    public static final int DEEPEST = 16;

    public Scan {
        List<Node> inputs = body.inputs();
        List<Node> outputs = body.outputs();
        if (states < 0 || scanned < 0 || states + scanned > inputs.size() || states > outputs.size()) {
            throw new IllegalArgumentException("SCAN: expected a body of at least " + states + " states and " + scanned
                    + " slices, got one of inputs " + inputs + " and outputs " + outputs);
        } else if (outputs.isEmpty() || length < 1) {
            throw new IllegalArgumentException("SCAN: expected at least 1 step and 1 state or output, got " + length
                    + " steps and " + outputs.size() + " results");
        }
        DType dtype = outputs.get(0).dtype();
        for (int i = 0; i < outputs.size(); i++) {
            TensorType type = outputs.get(i).type();
            if (i < states && !type.equals(inputs.get(i).type())) {
                throw new IllegalArgumentException("SCAN: expected the type of state " + i + ", "
                        + inputs.get(i).type() + ", of its next value, got " + type);
            } else if (!dtype.isFloat() || type.dtype() != dtype) {
                throw new IllegalArgumentException(
                        "SCAN: expected states and outputs of one floating type, got " + outputs);
            }
        }
        if (depth(body) >= DEEPEST) {
            throw new IllegalArgumentException(
                    "SCAN: expected at most " + DEEPEST + " loops inside each other, got more");
        }
    }

    private static int depth(Graph graph) {
        int depth = 0;
        for (Node node : graph.nodes()) {
            for (Graph inner : node.op().bodies()) {
                depth = Math.max(depth, 1 + depth(inner));
            }
        }
        return depth;
    }

    @Override
    public String name() {
        return "SCAN " + length + " steps" + (reverse ? " from the last" : "") + ", " + states + " states, " + scanned
                + " scanned";
    }

    @Override
    public List<Graph> bodies() {
        return List.of(body);
    }

    /** The type of an operand. */
    TensorType operandType(int operand) {
        TensorType type = body.inputs().get(operand).type();
        return isScanned(operand) ? stacked(type) : type;
    }

    boolean isScanned(int operand) {
        return operand >= states && operand < states + scanned;
    }

    /** Slices of a type, along a first axis. */
    TensorType stacked(TensorType slice) {
        return slice.withShape(Packing.beforeFirst(length, slice.shape()));
    }

    /** A sum over the body's nodes in all steps. */
    public double total(ToDoubleFunction<Node> each) {
        return length * body.nodes().stream().mapToDouble(each).sum();
    }

    /** About how many operations take its place where its steps are written out, and decompositions in them. */
    public double applications() {
        return total(node -> {
            if (node.op() instanceof Scan scan) {
                return scan.applications();
            } else if (node.op() instanceof MatrixOp matrices) {
                return matrices.applications(node);
            }
            return node.op() instanceof Leaf ? 0 : 1;
        });
    }

    /** How many numbers all steps compute, those of scans inside included. */
    public double numbers() {
        return total(node -> node.op() instanceof Scan scan
                ? scan.numbers()
                : node.op() instanceof Leaf ? 0 : node.type().size());
    }

    /** Which step comes at a place in time, both from 0. */
    public long step(long time) {
        return reverse ? length - 1 - time : time;
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        List<TensorType> expected = IntStream.range(0, body.inputs().size())
                .mapToObj(this::operandType)
                .toList();
        if (!operands.equals(expected)) {
            throw new IllegalArgumentException(name() + ": expected operands " + expected + ", got " + operands);
        }
        return TensorType.of(body.outputs().get(0).dtype(), Packing.of(this).size());
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        return new ScanTangent(this, new Ops(builder), node, tangents).tangent();
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        return new ScanCotangent(this, new Ops(builder), node, wanted).cotangents(cotangent);
    }

    @Override
    public boolean bends() {
        return body.nodes().stream().anyMatch(node -> node.op().bends());
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return ScanMarks.kink(this, ops, node);
    }

    @Override
    public Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        return ScanBatch.of(this, new Ops(builder), operands, batched, size);
    }

    @Override
    public @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        return ScanMarks.dependence(this, new Ops(builder), dependences);
    }

    /** Operands without elements leave the others with all that they have. */
    @Override
    public Kernels.Value compute(Kernels kernels, Node node, List<Kernels.Value> operands) {
        return node.type().size() == 0 ? kernels.constant(node.type(), 0) : lower(kernels, node, operands);
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        return kernels.scan(this, operands);
    }
}

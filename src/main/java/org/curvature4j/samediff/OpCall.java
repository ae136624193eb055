package org.curvature4j.samediff;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.UnknownValue;
import org.curvature4j.op.KnownValues;
import org.curvature4j.op.Ops;

/** One operation of a SameDiff graph as an {@link ImportRule} sees it: operands that are imported already, attributes. */
public final class OpCall {
    private final String op;
    private final List<String> outputs;
    private final List<Node> inputs;
    private final OpAttributes attributes;
    private final Ops ops;

    OpCall(String op, List<String> outputs, List<Node> inputs, OpAttributes attributes, Ops ops) {
        this.op = op;
        this.outputs = List.copyOf(outputs);
        this.inputs = List.copyOf(inputs);
        this.attributes = attributes;
        this.ops = ops;
    }

    /** ND4J's name of the operation. */
    public String op() {
        return op;
    }

    /** The names of the variables that the operation makes. */
    public List<String> outputs() {
        return outputs;
    }

    /** Builds the result. */
    public Ops ops() {
        return ops;
    }

    /** The arguments that aren't tensors. */
    public OpAttributes attributes() {
        return attributes;
    }

    /** The tensors that it takes, in its order. */
    public List<Node> inputs() {
        return inputs;
    }

    /** How many tensors it takes. */
    public int inputCount() {
        return inputs.size();
    }

    /** An operand, in SameDiff's order. */
    public Node input(int index) {
        if (index >= inputs.size()) {
            throw expected("at least " + (index + 1) + " operands", inputs.size());
        }
        return inputs.get(index);
    }

    /** The type that the result of arithmetic on all operands has. */
    public DType joinedType() {
        return inputs.stream().map(Node::dtype).reduce(Nd4jTypes::joined).orElse(DType.FLOAT64);
    }

    /** An integer argument. */
    public long integer(int index) {
        if (index >= attributes.integers().length) {
            throw expected("at least " + (index + 1) + " integer arguments", attributes.integers().length);
        }
        return attributes.integers()[index];
    }

    /** An integer argument, or what it is where it is absent. */
    public long integer(int index, long absent) {
        return index < attributes.integers().length ? attributes.integers()[index] : absent;
    }

    /** The integer arguments from a position on. */
    public long[] integersFrom(int index) {
        return LongStream.of(attributes.integers()).skip(index).toArray();
    }

    /** A floating argument, or what it is where it is absent. */
    public double number(int index, double absent) {
        return index < attributes.numbers().length ? attributes.numbers()[index] : absent;
    }

    /** A floating argument. */
    public double number(int index) {
        if (index >= attributes.numbers().length) {
            throw expected("at least " + (index + 1) + " floating arguments", attributes.numbers().length);
        }
        return attributes.numbers()[index];
    }

    /** A true or false argument, or what it is where it is absent. */
    public boolean flag(int index, boolean absent) {
        return index < attributes.flags().length ? attributes.flags()[index] : absent;
    }

    /** The element type that the operation states for its result. */
    public DType type(DType absent) {
        return attributes.types().isEmpty() ? absent : attributes.types().get(0);
    }

    /** The number of a scalar operation. */
    public double scalar() {
        return attributes.scalar().orElseThrow(() -> expected("a number to combine each element with", "none"));
    }

    /** An axis counted from the front, for one that may be negative. */
    public int axis(long axis, int rank) {
        long counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank) {
            throw expected("an axis from " + -rank + " to " + (rank - 1), axis);
        }
        return (int) counted;
    }

    /** Distinct axes in ascending order; all of them where none is given. */
    public List<Integer> axes(long[] axes, int rank) {
        return axes.length == 0
                ? IntStream.range(0, rank).boxed().toList()
                : LongStream.of(axes)
                        .mapToInt(axis -> axis(axis, rank))
                        .distinct()
                        .sorted()
                        .boxed()
                        .toList();
    }

    /**
     * The axes that a reduction of the first operand runs over: its attribute, or a constant operand.
     *
     * @param operand the position at which that operand stands where there is one
     */
    public List<Integer> reductionAxes(int operand) {
        int rank = input(0).shape().rank();
        int[] dimensions = attributes.dimensions();
        if (dimensions != null) {
            return axes(IntStream.of(dimensions).asLongStream().toArray(), rank);
        }
        return axes(inputCount() > operand ? constantIntegers(operand, "axes") : new long[0], rank);
    }

    /** Whether an operand's value is known at import. */
    public boolean isConstant(int index) {
        return input(index).op() instanceof Leaf.Literal;
    }

    /**
     * The value of an operand that must be known at import, such as a shape or axes.
     *
     * @param meaning what it is to the operation, for the error
     */
    public double[] constantNumbers(int index, String meaning) {
        Node node = input(index);
        if (!(node.op() instanceof Leaf.Literal literal)) {
            throw new UnknownValue(
                    meaning + " known at import", "a value computed from the graph's inputs: " + node.type(), node);
        }
        return KnownValues.elements(literal);
    }

    /** As {@link #constantNumbers}, as integers. */
    public long[] constantIntegers(int index, String meaning) {
        double[] numbers = constantNumbers(index, meaning);
        long[] integers = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            integers[i] = (long) numbers[i];
        }
        return integers;
    }

    /** The integers at an operand, known at import, or where there is none the integer arguments. */
    public long[] integersOf(int operand, String meaning) {
        return inputCount() > operand ? constantIntegers(operand, meaning) : attributes.integers();
    }

    /** The result without its reduced axes, unless the operation keeps them. */
    public Node dropAxes(Node reduced, List<Integer> axes, boolean keep) {
        return keep ? reduced : Axes.drop(ops, reduced, axes);
    }

    /** An error in this library's wording; the importer adds the operation and its operands. */
    public IllegalArgumentException expected(String expected, Object got) {
        return new IllegalArgumentException("expected " + expected + ", got " + got);
    }
}

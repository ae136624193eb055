package org.curvature4j.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Bundle;
import org.curvature4j.internal.composition.UnknownValue;
import org.curvature4j.op.KnownValues;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** One application of an operator, as rules see it. */
final class OnnxCall {
    /** The first operator set whose arithmetic broadcasts as NumPy's. */
    private static final long BROADCASTING = 7;

    private final NodeProto proto;
    private final OnnxAttributes attributes;
    private final OnnxAttributes enclosing;
    private final List<@Nullable Node> inputs;
    private final List<OnnxType> written;
    private final OnnxScope outside;
    private final OnnxLibrary library;
    private final OnnxWork work;
    private final Ops ops;
    /** How many inputs the rule has asked for. */
    private int read;

    /**
     * @param enclosing the attributes of the function that the node is part of
     * @param inputs null for one that is left out
     * @param written their types in the file
     * @param outside what graphs inside the node may use by name
     */
    OnnxCall(
            NodeProto proto,
            OnnxAttributes attributes,
            OnnxAttributes enclosing,
            List<@Nullable Node> inputs,
            List<OnnxType> written,
            OnnxScope outside,
            OnnxLibrary library,
            OnnxWork work,
            Ops ops) {
        this.proto = proto;
        this.attributes = attributes;
        this.enclosing = enclosing;
        this.inputs = inputs;
        this.written = written;
        this.outside = outside;
        this.library = library;
        this.work = work;
        this.ops = ops;
    }

    /** What a rule makes of this; an input that the rule doesn't know can't be left out in silence. */
    List<Node> applied(OnnxRule rule) {
        List<Node> outputs;
        try {
            outputs = rule.apply(this);
        } catch (ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            IllegalArgumentException failure =
                    expected("operands and attributes that fit together", "ones that don't: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
        if (inputs.size() > read) {
            throw expected("at most " + read + " inputs", inputs.size());
        }
        return WholeNumbers.kept(this, outputs);
    }

    /** Builds the result. */
    Ops ops() {
        return ops;
    }

    OnnxAttributes attributes() {
        return attributes;
    }

    Quantized quantized() {
        return library.quantized();
    }

    /** The numbers of the file. */
    OnnxTensors tensors() {
        return library.tensors();
    }

    /** The version of the standard operators that the node was written for. */
    long opset() {
        return library.opset();
    }

    String operator() {
        return proto.getOpType();
    }

    int inputCount() {
        read = inputs.size();
        return inputs.size();
    }

    int outputCount() {
        return proto.getOutputCount();
    }

    /** Whether something may use an output. */
    boolean wants(int output) {
        return output < proto.getOutputCount() && !proto.getOutput(output).isEmpty();
    }

    /** Whether an optional input is given. */
    boolean has(int input) {
        read = Math.max(read, input + 1);
        return input < inputs.size() && inputs.get(input) != null;
    }

    Node input(int input) {
        Node node = value(input);
        if (node.op() instanceof Bundle) {
            throw expected("a tensor as input " + (input + 1), Bundle.describe(node));
        }
        return node;
    }

    /** An input of any kind: a tensor, a sequence, or what may hold one. */
    Node value(int input) {
        Node node = has(input) ? inputs.get(input) : null;
        if (node == null) {
            throw expected("an input number " + (input + 1), "none");
        }
        return node;
    }

    /** All inputs from one on, of any kind, each of which must be given. */
    List<Node> values(int from) {
        return IntStream.range(from, inputCount()).mapToObj(this::value).toList();
    }

    /** An optional input; null where it isn't given. */
    @Nullable
    Node optional(int input) {
        return has(input) ? input(input) : null;
    }

    /** The type of an input in the file, where what an operator means depends on it. */
    OnnxType written(int input) {
        value(input);
        return written.get(input);
    }

    /** All inputs, each of which must be given. */
    List<Node> all() {
        return IntStream.range(0, inputCount()).mapToObj(this::input).toList();
    }

    Shape shape(int input) {
        return input(input).shape();
    }

    int rank(int input) {
        return shape(input).rank();
    }

    /** The size of an input along an axis. */
    long size(int input, int axis) {
        return shape(input).dim(axis);
    }

    /** Whether an input's value depends on no input of the model. */
    boolean isKnown(int input) {
        return input(input).op() instanceof Leaf.Literal;
    }

    /** The elements of an input that may depend on no input of the model, row-major. */
    double[] numbers(int input) {
        if (!isKnown(input)) {
            throw unknown("a value known when the model is loaded as input " + (input + 1), input(input));
        }
        return numbers(input(input));
    }

    /** The error about a value that follows from the model's inputs, where a rule has to know it. */
    static UnknownValue unknown(String expected, Node value) {
        return new UnknownValue(
                expected,
                "one computed from the model's inputs: " + value.type()
                        + " (what the node makes, or its shape, depends on it, and is fixed when a function is made)",
                value);
    }

    /** The elements of what is computed from known values. */
    double[] numbers(Node node) {
        if (!(folded(node).op() instanceof Leaf.Literal literal)) {
            throw unknown("a value known when the model is loaded", node);
        }
        return KnownValues.elements(literal);
    }

    /** A literal where what is computed depends on no input of the model. */
    Node folded(Node node) {
        return work.folding(ops).fold(node);
    }

    /** The elements of what is computed from known values, as integers. */
    long[] longs(Node node) {
        return Arrays.stream(numbers(node)).mapToLong(value -> (long) value).toArray();
    }

    double number(int input) {
        double[] numbers = numbers(input);
        if (numbers.length != 1) {
            throw expected("one number as input " + (input + 1), numbers.length);
        }
        return numbers[0];
    }

    /** As {@link #numbers(int)}, as integers. */
    long[] longs(int input) {
        return Arrays.stream(numbers(input)).mapToLong(value -> (long) value).toArray();
    }

    /** Integers that older operator sets give as an attribute and newer ones as an input; null where neither is there. */
    long @Nullable [] longs(String attribute, int input) {
        if (attributes.has(attribute)) {
            return attributes.longs(attribute);
        }
        return has(input) ? longs(input) : null;
    }

    /** As {@link #longs(String, int)}, where one of both must be there. */
    long[] required(String name, int input) {
        long[] values = longs(name, input);
        if (values == null) {
            throw expected(name, "none");
        }
        return values;
    }

    /** A number that older operator sets give as an attribute and newer ones as an input. */
    double number(String attribute, int input, double otherwise) {
        if (attributes.has(attribute)) {
            return attributes.number(attribute, otherwise);
        }
        return has(input) ? number(input) : otherwise;
    }

    /** An axis among the first input's, counted from the end if it is negative. */
    int axis(String attribute, long otherwise) {
        return axis(attributes.integer(attribute, otherwise), rank(0));
    }

    int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw expected("an axis from " + -rank + " to " + (rank - 1), axis);
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Distinct axes in ascending order. */
    List<Integer> axes(long[] axes, int rank) {
        List<Integer> sorted = LongStream.of(axes)
                .mapToInt(axis -> axis(axis, rank))
                .distinct()
                .sorted()
                .boxed()
                .toList();
        if (sorted.size() < axes.length) {
            throw expected("distinct axes", Arrays.toString(axes));
        }
        return sorted;
    }

    /** A function of the first two inputs, broadcast against each other. */
    Node broadcast(OnnxRule.Binary function) {
        return broadcast(input(0), opset() < BROADCASTING ? laid(input(1)) : input(1), function);
    }

    /** Before NumPy's broadcasting, an attribute said along which axis of the first operand the second begins. */
    private Node laid(Node y) {
        int rank = rank(0);
        if (!attributes.flag("broadcast", false)
                || !attributes.has("axis")
                || y.shape().rank() == 0) {
            return y;
        }
        int after = rank - axis(attributes.integer("axis", 0), rank) - y.shape().rank();
        Shape shape = y.shape();
        for (int i = 0; i < after; i++) {
            shape = shape.append(1);
        }
        return ops.reshape(y, shape);
    }

    Node broadcast(Node x, Node y, OnnxRule.Binary function) {
        List<Node> aligned = Broadcasting.align(ops, List.of(x, y));
        return function.apply(ops, aligned.get(0), aligned.get(1));
    }

    /** A shape that a node asks for, if Java's heap can hold it beside what is computed from it. */
    Shape affordable(long... shape) {
        long most = Math.min(Runtime.getRuntime().maxMemory() / (4 * Double.BYTES), Integer.MAX_VALUE);
        long count = 1;
        for (long size : shape) {
            if (size < 0 || (size > 0 && count > most / size)) {
                throw expected(
                        "a shape of at most " + most + " numbers, which a quarter of the memory holds",
                        Arrays.toString(shape) + " (more memory: JAVA_OPTS=-Xmx8g)");
            }
            count *= size;
        }
        return Shape.of(shape);
    }

    /**
     * The outputs of a graph that an attribute holds.
     *
     * @param arguments for the graph's inputs, in order
     */
    List<Node> body(String attribute, List<Node> arguments) {
        return OnnxBody.graph(graph(attribute), this, arguments);
    }

    /** The same node in another graph. */
    OnnxCall in(Ops other, OnnxScope around) {
        return new OnnxCall(proto, attributes, enclosing, inputs, written, around, library, work, other);
    }

    /** What graphs inside the node use from outside. */
    Set<String> captured() {
        return OnnxOrder.captured(proto);
    }

    /** A graph that an attribute holds. */
    GraphProto graph(String attribute) {
        AttributeProto graph = attributes.find(attribute, AttributeType.GRAPH);
        if (graph == null) {
            throw expected("attribute " + attribute, "none");
        }
        return graph.getG();
    }

    /** What graphs inside the node may use by name. */
    OnnxScope outside() {
        return outside;
    }

    /** The attributes of the function that the node is part of. */
    OnnxAttributes enclosing() {
        return enclosing;
    }

    OnnxLibrary library() {
        return library;
    }

    /** What the node has come to so far. */
    OnnxWork work() {
        return work;
    }

    /** An error in this library's wording; the operator and what it makes are put before it. */
    IllegalArgumentException expected(String expected, Object got) {
        return new IllegalArgumentException("expected " + expected + ", got " + got);
    }
}

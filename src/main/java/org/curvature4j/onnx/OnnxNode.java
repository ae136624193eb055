package org.curvature4j.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.NodeProto;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One application of an operator, as rules see it. */
final class OnnxNode {
    private final NodeProto proto;
    private final SameDiff graph;
    private final Map<String, OnnxValue> values;
    private final long opset;
    private final Map<String, AttributeProto> attributes = new HashMap<>();
    /** How many inputs the rule has asked for. */
    private int read;

    OnnxNode(NodeProto proto, SameDiff graph, Map<String, OnnxValue> values, long opset) {
        this.proto = proto;
        this.graph = graph;
        this.values = values;
        this.opset = opset;
        for (AttributeProto attribute : proto.getAttributeList()) {
            if (attributes.put(attribute.getName(), attribute) != null) {
                throw expected("each attribute once", "'" + attribute.getName() + "' twice");
            }
        }
    }

    /** Inputs that a rule doesn't know can't be left out in silence; those of dropout say how it trains. */
    void refuseUnread() {
        if (proto.getInputCount() > read && !proto.getOpType().equals("Dropout")) {
            throw expected("at most " + read + " inputs", proto.getInputCount());
        }
    }

    /** The array shape that a node asks for, if Java's heap can hold it beside what is computed from it. */
    long[] affordable(long... shape) {
        long most = Runtime.getRuntime().maxMemory() / (4 * Double.BYTES);
        long count = 1;
        for (long size : shape) {
            if (size < 0 || (size > 0 && count > Math.min(most, Integer.MAX_VALUE) / size)) {
                throw expected(
                        "a shape of at most " + Math.min(most, Integer.MAX_VALUE)
                                + " numbers, which a quarter of the memory holds",
                        Arrays.toString(shape) + " (more memory: JAVA_OPTS=-Xmx8g)");
            }
            count *= size;
        }
        return shape;
    }

    SameDiff sd() {
        return graph;
    }

    long opset() {
        return opset;
    }

    int inputCount() {
        read = proto.getInputCount();
        return proto.getInputCount();
    }

    int outputCount() {
        return proto.getOutputCount();
    }

    /** Whether an optional input is given. */
    boolean has(int input) {
        read = Math.max(read, input + 1);
        return input < proto.getInputCount() && !proto.getInput(input).isEmpty();
    }

    OnnxValue input(int input) {
        if (!has(input)) {
            throw expected("an input number " + (input + 1), "none");
        }
        OnnxValue value = values.get(proto.getInput(input));
        if (value == null) {
            throw expected("inputs that nodes before it or the file give", "'" + proto.getInput(input) + "'");
        }
        return value;
    }

    SDVariable x(int input) {
        return input(input).variable();
    }

    /** The number of axes of an input that must be known. */
    int rank(int input) {
        int rank = input(input).rank();
        if (rank == OnnxValue.UNKNOWN) {
            throw expected(
                    "an input of known rank", "'" + proto.getInput(input) + "', whose rank the file doesn't tell");
        }
        return rank;
    }

    /** The value of an input that the file must state, not compute. */
    INDArray constant(int input) {
        INDArray constant = input(input).constant();
        if (constant == null) {
            throw expected("a constant as input " + (input + 1), "'" + proto.getInput(input) + "', which is computed");
        }
        return constant;
    }

    long[] longs(int input) {
        return constant(input).ravel().toLongVector();
    }

    /** Integers that older opsets give as an attribute and newer ones as an input; null where neither is there. */
    long @Nullable [] longs(String attribute, int input) {
        if (attributes.containsKey(attribute)) {
            return longs(attribute);
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

    long[] longs(String attribute, long... otherwise) {
        AttributeProto found = attribute(attribute, AttributeType.INTS);
        return found == null
                ? otherwise
                : found.getIntsList().stream().mapToLong(value -> value).toArray();
    }

    long integer(String attribute, long otherwise) {
        AttributeProto found = attribute(attribute, AttributeType.INT);
        return found == null ? otherwise : found.getI();
    }

    boolean flag(String attribute, boolean otherwise) {
        return integer(attribute, otherwise ? 1 : 0) != 0;
    }

    double number(String attribute, double otherwise) {
        AttributeProto found = attribute(attribute, AttributeType.FLOAT);
        // A float32 as its shortest decimal: 0.01f is meant to be 0.01.
        return found == null ? otherwise : Double.parseDouble(Float.toString(found.getF()));
    }

    String text(String attribute, String otherwise) {
        AttributeProto found = attribute(attribute, AttributeType.STRING);
        return found == null ? otherwise : found.getS().toStringUtf8();
    }

    boolean hasAttribute(String name) {
        return attributes.containsKey(name);
    }

    /** An attribute; null where it isn't given. Files of the first versions don't say of which type it is. */
    @Nullable
    AttributeProto attribute(String name, AttributeType type) {
        AttributeProto found = attributes.get(name);
        if (found != null && found.getType() != type && found.getType() != AttributeType.UNDEFINED) {
            throw expected("attribute " + name + " of type " + type, found.getType());
        }
        return found;
    }

    /** An axis counted from the end if it is negative. */
    int axis(String attribute, long otherwise, int rank) {
        return axis(integer(attribute, otherwise), rank);
    }

    int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw expected("an axis from " + -rank + " to " + (rank - 1), axis);
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    int[] axes(long[] axes, int rank) {
        int[] result = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            result[i] = axis(axes[i], rank);
        }
        return result;
    }

    /** A scalar for arithmetic with floating values. */
    SDVariable scalar(double value) {
        return graph.constant(org.nd4j.linalg.factory.Nd4j.scalar(DataType.DOUBLE, value));
    }

    SDVariable integers(long... values) {
        return graph.constant(org.nd4j.linalg.factory.Nd4j.createFromArray(values));
    }

    /** The result of numbers broadcast against each other. */
    OnnxValue broadcast(SDVariable result, int... inputs) {
        int rank = 0;
        for (int input : inputs) {
            INDArray known = input(input).constant();
            if (known != null && known.isEmpty()) {
                throw expected("numbers as input " + (input + 1), "'" + proto.getInput(input) + "' without any");
            }
            int own = input(input).rank();
            rank = own == OnnxValue.UNKNOWN || rank == OnnxValue.UNKNOWN ? OnnxValue.UNKNOWN : Math.max(rank, own);
        }
        return OnnxValue.of(result, rank);
    }

    IllegalArgumentException expected(String expected, Object found) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "%s%s: expected %s, got %s", proto.getOpType(), label(), expected, found));
    }

    private String label() {
        return proto.getOutputCount() == 0 ? "" : " -> '" + proto.getOutput(0) + "'";
    }
}

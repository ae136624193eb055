package org.curvature4j.onnx;

import java.util.HashMap;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.NodeProto;
import org.jspecify.annotations.Nullable;

/** The attributes of a node; inside a function of the file, those that name one of the function's are resolved. */
final class OnnxAttributes {
    static final OnnxAttributes NONE = new OnnxAttributes(Map.of());

    private final Map<String, AttributeProto> attributes;

    private OnnxAttributes(Map<String, AttributeProto> attributes) {
        this.attributes = attributes;
    }

    /**
     * @param enclosing the attributes of the function's application that the node is part of
     * @throws IllegalArgumentException where one is given twice
     */
    static OnnxAttributes of(NodeProto node, OnnxAttributes enclosing) {
        Map<String, AttributeProto> attributes = new HashMap<>();
        for (AttributeProto attribute : node.getAttributeList()) {
            AttributeProto resolved = attribute.getRefAttrName().isEmpty()
                    ? attribute
                    : enclosing.attributes.get(attribute.getRefAttrName());
            boolean isGiven = resolved != null && attributes.put(attribute.getName(), resolved) != null;
            if (isGiven) {
                throw new IllegalArgumentException(
                        "expected each attribute once, got '" + attribute.getName() + "' twice");
            }
        }
        return new OnnxAttributes(attributes);
    }

    /** These, and where they lack one, a function's own value for it. */
    OnnxAttributes orElse(Iterable<AttributeProto> defaults) {
        Map<String, AttributeProto> all = new HashMap<>();
        defaults.forEach(attribute -> all.put(attribute.getName(), attribute));
        all.putAll(attributes);
        return new OnnxAttributes(all);
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    /** An attribute; null where it isn't given. Files of the first versions don't say of which type it is. */
    @Nullable
    AttributeProto find(String name, AttributeType type) {
        AttributeProto found = attributes.get(name);
        if (found != null && found.getType() != type && found.getType() != AttributeType.UNDEFINED) {
            throw new IllegalArgumentException(
                    "expected attribute " + name + " of type " + type + ", got " + found.getType());
        }
        return found;
    }

    long[] longs(String name, long... otherwise) {
        AttributeProto found = find(name, AttributeType.INTS);
        return found == null
                ? otherwise
                : found.getIntsList().stream().mapToLong(value -> value).toArray();
    }

    long integer(String name, long otherwise) {
        AttributeProto found = find(name, AttributeType.INT);
        return found == null ? otherwise : found.getI();
    }

    boolean flag(String name, boolean otherwise) {
        return integer(name, otherwise ? 1 : 0) != 0;
    }

    double number(String name, double otherwise) {
        AttributeProto found = find(name, AttributeType.FLOAT);
        return found == null ? otherwise : shortest(found.getF());
    }

    double[] numbers(String name, double... otherwise) {
        AttributeProto found = find(name, AttributeType.FLOATS);
        return found == null
                ? otherwise
                : found.getFloatsList().stream()
                        .mapToDouble(OnnxAttributes::shortest)
                        .toArray();
    }

    /** A float32 as its shortest decimal: 0.01f is meant to be 0.01. */
    static double shortest(float number) {
        return Double.parseDouble(Float.toString(number));
    }

    String text(String name, String otherwise) {
        AttributeProto found = find(name, AttributeType.STRING);
        return found == null ? otherwise : found.getS().toStringUtf8();
    }

    /** The words of a list; null where it isn't given. */
    String @Nullable [] texts(String name) {
        AttributeProto found = find(name, AttributeType.STRINGS);
        return found == null
                ? null
                : found.getStringsList().stream()
                        .map(text -> text.toStringUtf8())
                        .toArray(String[]::new);
    }
}

package org.curvature4j.fuzz;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A value of a random graph, by its name: given, or computed from others. */
sealed interface Item {
    String name();

    /** How a given value enters the graph. */
    public enum Kind {
        /** A placeholder that is part of the point. */
        POINT,
        /** A trainable variable that is part of the point. */
        VARIABLE,
        /** A placeholder outside the point. */
        FED,
        CONSTANT
    }

    /** A given value, row-major; integers are INT32, other numbers DOUBLE. */
    record Given(String name, Kind kind, DataType type, Shape shape, List<Double> values) implements Item {
        public Given {
            values = List.copyOf(values);
        }

        boolean varies() {
            return kind == Kind.POINT || kind == Kind.VARIABLE;
        }

        double[] numbers() {
            return values.stream().mapToDouble(value -> value).toArray();
        }

        INDArray array() {
            long[] dims = shape.toArray();
            return values.isEmpty()
                    ? Nd4j.create(type, dims)
                    : Nd4j.create(numbers(), dims, 'c').castTo(type);
        }

        Given with(Kind newKind) {
            return new Given(name, newKind, type, shape, values);
        }

        Given with(Shape newShape, List<Double> newValues) {
            return new Given(name, kind, type, newShape, newValues);
        }
    }

    /**
     * An application of operations.
     *
     * @param code a Java expression that gives an SDVariable; {@code $0}, {@code $1} ... stand for the operands, {@code sd}
     *     for the graph
     */
    record Step(String name, String code, List<String> operands) implements Item {
        public Step {
            operands = List.copyOf(operands);
        }

        static Step of(String name, String code, String... operands) {
            return new Step(name, code, Arrays.asList(operands));
        }

        /** The expression with something in the place of each operand. */
        String code(java.util.function.IntFunction<String> operand) {
            String filled = code;
            for (int i = operands.size() - 1; i >= 0; i--) {
                filled = filled.replace("$" + i, operand.apply(i));
            }
            return filled;
        }
    }
}

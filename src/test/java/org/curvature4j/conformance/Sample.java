package org.curvature4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Op;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Domain;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Ops;

/**
 * An operation applied: what the conformance suite checks.
 *
 * @param op the operation that it is a sample of
 * @param inputs the types of the inputs
 * @param domain where floating inputs are drawn from
 * @param derivative what its derivative is held to be
 * @param expression the application
 */
record Sample(Op op, List<TensorType> inputs, Domain domain, Derivative derivative, Expression expression) {

    enum Derivative {
        /** That of the function that it computes, almost everywhere. */
        EXACT,
        /** Zero by definition. */
        HELD,
        /** Refused. */
        NONE
    }

    interface Expression {
        Node of(Ops ops, List<Node> inputs);
    }

    /** The operation on inputs of some types. */
    static Sample of(Op op, Domain domain, TensorType... inputs) {
        return new Sample(op, List.of(inputs), domain, Derivative.EXACT, (ops, nodes) -> ops.builder()
                .apply(op, nodes));
    }

    Graph graph() {
        GraphBuilder builder = new GraphBuilder();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            nodes.add(builder.input("x" + i, inputs.get(i)));
        }
        return builder.build(List.of(expression.of(new Ops(builder), nodes)));
    }

    /**
     * The application as a function of one vector: the inputs that can vary, laid end to end. The others are inputs after
     * it, as they come.
     */
    Graph ofPoint() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("point", TensorType.of(DType.FLOAT64, size()));
        List<Node> arguments = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < inputs.size(); i++) {
            TensorType type = inputs.get(i);
            if (type.dtype().isFloat()) {
                Node part = ops.slice(point, 0, offset, offset + type.size());
                arguments.add(ops.cast(ops.reshape(part, type.shape()), type.dtype()));
                offset += type.size();
            } else {
                arguments.add(builder.input("other" + i, type));
            }
        }
        return builder.build(builder.inline(graph(), arguments));
    }

    /** Arguments of {@link #ofPoint}. */
    List<Tensor> drawPoint(Random random) {
        List<Tensor> drawn = draw(random);
        double[] point = floating().stream()
                .flatMapToDouble(i -> Arrays.stream(drawn.get(i).values()))
                .toArray();
        return Stream.concat(
                        Stream.of(Tensor.of(TensorType.of(DType.FLOAT64, point.length), point)),
                        drawn.stream().filter(tensor -> !tensor.type().dtype().isFloat()))
                .toList();
    }

    /** How many numbers can vary. */
    long size() {
        return floating().stream().mapToLong(i -> inputs.get(i).size()).sum();
    }

    /** The positions of the inputs that can vary. */
    List<Integer> floating() {
        return IntStream.range(0, inputs.size())
                .filter(i -> inputs.get(i).dtype().isFloat())
                .boxed()
                .toList();
    }

    /** Arguments for types that are the inputs', perhaps with batch axes. */
    Tensor draw(Random random, TensorType type) {
        double[] values = new double[Math.toIntExact(type.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.dtype()
                    .round(
                            switch (type.dtype()) {
                                case BOOL -> random.nextInt(2);
                                case INT32, INT64 -> random.nextInt(1, 9);
                                case FLOAT32, FLOAT64 -> random.nextDouble(domain.low(), domain.high());
                            });
        }
        return Tensor.of(type, values);
    }

    List<Tensor> draw(Random random) {
        return inputs.stream().map(type -> draw(random, type)).toList();
    }

    /** The same application to float32 inputs in place of float64 ones. */
    Sample inFloat32() {
        List<TensorType> narrow = inputs.stream()
                .map(type -> type.dtype() == DType.FLOAT64 ? type.withDType(DType.FLOAT32) : type)
                .toList();
        return new Sample(op, narrow, domain, derivative, expression);
    }

    @Override
    public String toString() {
        return op.name() + " " + inputs;
    }
}

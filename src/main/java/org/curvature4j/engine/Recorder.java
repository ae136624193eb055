package org.curvature4j.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Kernels;

/** Writes down the kernels that a graph's primitives ask for, as instructions on slots. */
final class Recorder implements Kernels {
    private final List<Step.Instruction> instructions = new ArrayList<>();

    List<Step.Instruction> instructions() {
        return instructions;
    }

    private Slot emit(TensorType type, List<Value> inputs, Step.Binding binding) {
        Slot output = Slot.fresh(type);
        instructions.add(
                new Step.Instruction(inputs.stream().map(input -> (Slot) input).toList(), output, binding));
        return output;
    }

    @Override
    public Value constant(TensorType type, double... values) {
        return Slot.constant(type, values);
    }

    @Override
    public Value unary(String kernel, Value x) {
        return emit(x.type(), List.of(x), (in, out) -> Nd4jSteps.transform(kernel, in.get(0), out));
    }

    @Override
    public Value binary(String kernel, Value a, Value b) {
        return emit(joined(a.type(), b.type()), List.of(a, b), (in, out) -> Nd4jSteps.custom(kernel, in, out));
    }

    @Override
    public Value test(String kernel, Value a, Value b) {
        TensorType type = joined(a.type(), b.type()).withDType(DType.BOOL);
        return emit(type, List.of(a, b), (in, out) -> Nd4jSteps.custom(kernel, in, out));
    }

    @Override
    public Value select(Value condition, Value yes, Value no) {
        // ND4J's select doesn't broadcast.
        TensorType type = joined(joined(yes.type(), no.type()), condition.type());
        TensorType result = type.withDType(yes.type().dtype());
        List<Value> operands =
                List.of(spread(condition, result.shape()), spread(yes, result.shape()), spread(no, result.shape()));
        return emit(result, operands, (in, out) -> Nd4jSteps.custom("select", in, out));
    }

    @Override
    public Value cast(Value x, DType dtype) {
        if (x.type().dtype() == dtype) {
            return x;
        }
        TensorType type = x.type().withDType(dtype);
        return emit(
                type,
                List.of(x),
                (in, out) -> Nd4jSteps.custom(
                        "cast", in, out, NativeArrays.dataType(dtype).toInt()));
    }

    @Override
    public Value reduce(String kernel, Value x, List<Integer> axes) {
        Shape shape = x.type().shape();
        for (int axis : axes) {
            shape = shape.with(axis, 1);
        }
        if (shape.equals(x.type().shape())) {
            return x;
        }
        int[] dimensions = axes.stream().mapToInt(axis -> axis).toArray();
        return emit(
                x.type().withShape(shape),
                List.of(x),
                (in, out) -> Nd4jSteps.reduce(kernel, in.get(0), out, dimensions));
    }

    @Override
    public Value argMax(Value x, int axis) {
        TensorType type = new TensorType(DType.INT64, x.type().shape().with(axis, 1));
        return emit(type, List.of(x), (in, out) -> Nd4jSteps.argMax(in, out, axis));
    }

    @Override
    public Value reshape(Value x, Shape shape) {
        return x.type().shape().equals(shape) ? x : ((Slot) x).inside(shape, 0);
    }

    @Override
    public Value permute(Value x, List<Integer> axes) {
        Shape from = x.type().shape();
        Shape shape = Shape.of(axes.stream().mapToLong(from::dim).toArray());
        List<Integer> longAxes =
                axes.stream().filter(axis -> from.dim(axis) != 1).toList();
        if (longAxes.equals(longAxes.stream().sorted().toList())) {
            return reshape(x, shape);
        }
        int[] order = axes.stream().mapToInt(axis -> axis).toArray();
        return emit(
                x.type().withShape(shape),
                List.of(x),
                (in, out) -> Nd4jSteps.copy(in.get(0).permute(order), out));
    }

    @Override
    public Value broadcast(Value x, Shape shape) {
        return x.type().shape().equals(shape)
                ? x
                : emit(x.type().withShape(shape), List.of(x), (in, out) -> Nd4jSteps.copy(in.get(0), out));
    }

    private Value spread(Value x, Shape shape) {
        Value ranked = x.type().rank() == 0 ? reshape(x, Shape.ones(shape.rank())) : x;
        return broadcast(ranked, shape);
    }

    @Override
    public Value slice(Value x, List<Long> starts, Shape sizes) {
        Shape from = x.type().shape();
        if (isContiguous(from, sizes)) {
            return ((Slot) x).inside(sizes, NativeArrays.offset(from, starts));
        }
        return emit(
                x.type().withShape(sizes),
                List.of(x),
                (in, out) -> Nd4jSteps.copy(NativeArrays.block(in.get(0), from, starts, sizes), out));
    }

    /** Whether a block of a row-major array is one run of memory: whole after the first axis that isn't of size 1. */
    private static boolean isContiguous(Shape whole, Shape block) {
        int first = IntStream.range(0, block.rank())
                .filter(axis -> block.dim(axis) != 1)
                .findFirst()
                .orElse(block.rank());
        return IntStream.range(first + 1, block.rank()).allMatch(axis -> block.dim(axis) == whole.dim(axis));
    }

    @Override
    public Value pad(Value x, List<Long> before, Shape shape) {
        Shape block = x.type().shape();
        return emit(
                x.type().withShape(shape),
                List.of(x),
                (in, out) -> Nd4jSteps.pad(in.get(0), out, NativeArrays.block(out, shape, before, block)));
    }

    @Override
    public Value concat(List<Value> parts, int axis) {
        long size =
                parts.stream().mapToLong(part -> part.type().shape().dim(axis)).sum();
        TensorType first = parts.get(0).type();
        return emit(
                first.withShape(first.shape().with(axis, size)),
                parts,
                (in, out) -> Nd4jSteps.custom("concat", in, out, axis));
    }

    @Override
    public Value gather(Value x, int axis, Indices indices) {
        Value positions = positions(indices);
        TensorType type = x.type().withShape(x.type().shape().with(axis, indices.count()));
        return emit(type, List.of(x, positions), (in, out) -> Nd4jSteps.custom("gather", in, out, axis));
    }

    @Override
    public Value scatterAdd(Value x, int axis, Indices indices, long size) {
        // ND4J scatters along the first axis only.
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, x.type().rank()).boxed().toList());
        Collections.swap(order, 0, axis);
        Value leading = permute(x, order);
        TensorType type = leading.type().withShape(leading.type().shape().with(0, size));
        Value sum = emit(type, List.of(leading, positions(indices)), Nd4jSteps::scatterAdd);
        return permute(sum, order);
    }

    private Value positions(Indices indices) {
        double[] values = IntStream.of(indices.toArray()).asDoubleStream().toArray();
        return constant(TensorType.of(DType.INT32, values.length), values);
    }

    @Override
    public Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
        Shape left = a.type().shape();
        Shape right = b.type().shape();
        int rank = left.rank();
        Shape shape = left.with(rank - 2, left.dim(transposeA ? rank - 1 : rank - 2))
                .with(rank - 1, right.dim(transposeB ? rank - 2 : rank - 1));
        return emit(
                a.type().withShape(shape),
                List.of(a, b),
                (in, out) -> Nd4jSteps.custom("matmul", in, out, transposeA ? 1 : 0, transposeB ? 1 : 0, 0));
    }

    @Override
    public Value cumulativeSum(Value x, int axis, boolean exclusive, boolean reverse) {
        return emit(
                x.type(),
                List.of(x),
                (in, out) -> Nd4jSteps.custom("cumsum", in, out, exclusive ? 1 : 0, reverse ? 1 : 0, axis));
    }

    private static TensorType joined(TensorType a, TensorType b) {
        return a.withShape(Positions.joined(a.shape(), b.shape()));
    }
}

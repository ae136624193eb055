package org.curvature4j.internal.engine.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Lookup;
import org.curvature4j.op.MatrixRoutine;
import org.curvature4j.op.Nd4jKernels;
import org.curvature4j.op.Scan;
import org.curvature4j.op.Select;
import org.nd4j.linalg.factory.Nd4j;

/** Writes down the kernels that a graph's primitives ask for, as instructions on slots, each as ND4J can run it. */
public class Recorder implements Nd4jKernels {
    private final List<Instruction> instructions = new ArrayList<>();

    public final List<Instruction> instructions() {
        return instructions;
    }

    /** Whether the parts of a join may be computed inside it. */
    public boolean joinsInPlace() {
        return true;
    }

    /** Whether the target computes elementwise operations that follow each other in one pass. */
    public boolean joinsElementwise() {
        return false;
    }

    public Slot emit(TensorType type, List<Value> inputs, Operation operation) {
        Slot output = Slot.fresh(type);
        instructions.add(new Instruction(
                operation, inputs.stream().map(input -> (Slot) input).toList(), output));
        return output;
    }

    /** Another of this kind, for the bodies of loops. */
    protected Recorder another() {
        return new Recorder();
    }

    /** A loop's steps one after the other. */
    protected final Value unrolled(Scan scan, List<Value> operands) {
        return Nd4jKernels.super.scan(scan, operands);
    }

    /** A loop; where memory isn't the processor's, its steps one after the other. */
    @Override
    public Value scan(Scan scan, List<Value> operands) {
        if (!Nd4j.getEnvironment().isCPU()) {
            return unrolled(scan, operands);
        }
        LoopBody body = LoopBody.of(scan, another());
        List<Value> given = body.given().stream().map(operands::get).toList();
        TensorType type = scan.infer(operands.stream().map(Value::type).toList());
        return emit(type, given, new Operation.Repeat(body));
    }

    @Override
    public Value constant(TensorType type, double... values) {
        return Slot.constant(type, values);
    }

    /** On the CPU a hyperbolic tangent is one operation of our own; ND4J's takes twenty to be accurate. */
    @Override
    public Value apply(Elementwise operation, Value... operands) {
        boolean own = operation == Elementwise.TANH
                && operands[0].type().dtype() == DType.FLOAT64
                && Nd4j.getEnvironment().isCPU();
        return own ? raw(operation, operands) : Nd4jKernels.super.apply(operation, operands);
    }

    @Override
    public Value raw(Elementwise operation, Value... operands) {
        TensorType type = operands.length == 1 ? operands[0].type() : joined(operands[0].type(), operands[1].type());
        return emit(type, List.of(operands), new Operation.Scalar(operation));
    }

    @Override
    public Value named(String kernel, Value x) {
        return emit(x.type(), List.of(x), new Operation.Named(kernel));
    }

    @Override
    public Value test(Comparison comparison, Value a, Value b) {
        TensorType type = joined(a.type(), b.type()).withDType(DType.BOOL);
        return emit(type, List.of(a, b), new Operation.Scalar(comparison));
    }

    @Override
    public Value select(Value condition, Value yes, Value no) {
        // ND4J's select doesn't broadcast.
        TensorType type = joined(joined(yes.type(), no.type()), condition.type());
        TensorType result = type.withDType(yes.type().dtype());
        List<Value> operands =
                List.of(spread(condition, result.shape()), spread(yes, result.shape()), spread(no, result.shape()));
        return emit(result, operands, new Operation.Scalar(new Select()));
    }

    @Override
    public Value cast(Value x, DType dtype) {
        if (x.type().dtype() == dtype) {
            return x;
        }
        TensorType type = x.type().withDType(dtype);
        return emit(type, List.of(x), new Operation.Cast(x.type().dtype(), dtype));
    }

    @Override
    public Value rawReduce(Reduction reduction, Value x, List<Integer> axes) {
        Shape shape = x.type().shape();
        for (int axis : axes) {
            shape = shape.with(axis, 1);
        }
        if (shape.equals(x.type().shape())) {
            return x;
        }
        return emit(x.type().withShape(shape), List.of(x), new Operation.Reduce(reduction, axes));
    }

    @Override
    public Value argMax(Value x, int axis) {
        TensorType type = new TensorType(DType.INT64, x.type().shape().with(axis, 1));
        return emit(type, List.of(x), new Operation.ArgMax(axis));
    }

    @Override
    public Value index(Value x, IndexCheck check) {
        return emit(x.type(), List.of(x), new Operation.Index(check));
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
        return emit(x.type().withShape(shape), List.of(x), new Operation.Permute(axes));
    }

    @Override
    public Value broadcast(Value x, Shape shape) {
        return x.type().shape().equals(shape)
                ? x
                : emit(x.type().withShape(shape), List.of(x), new Operation.Broadcast());
    }

    private Value spread(Value x, Shape shape) {
        Value ranked = x.type().rank() == 0 ? reshape(x, Shape.ones(shape.rank())) : x;
        return broadcast(ranked, shape);
    }

    @Override
    public Value slice(Value x, List<Long> starts, Shape sizes) {
        Shape from = x.type().shape();
        if (isContiguous(from, sizes)) {
            return ((Slot) x)
                    .inside(sizes, Strides.of(from).block(starts, sizes).first());
        }
        return emit(x.type().withShape(sizes), List.of(x), new Operation.Slice(starts));
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
        return emit(x.type().withShape(shape), List.of(x), new Operation.Pad(before));
    }

    @Override
    public Value concat(List<Value> parts, int axis) {
        long size =
                parts.stream().mapToLong(part -> part.type().shape().dim(axis)).sum();
        TensorType first = parts.get(0).type();
        return emit(first.withShape(first.shape().with(axis, size)), parts, new Operation.Concat(axis));
    }

    @Override
    public Value gather(Value x, int axis, Indices indices) {
        Value positions = positions(indices);
        TensorType type = x.type().withShape(x.type().shape().with(axis, indices.count()));
        return emit(type, List.of(x, positions), new Operation.Gather(axis, indices));
    }

    @Override
    public Value scatterAdd(Value x, int axis, Indices indices, long size) {
        // ND4J scatters along the first axis only.
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, x.type().rank()).boxed().toList());
        Collections.swap(order, 0, axis);
        Value leading = permute(x, order);
        TensorType type = leading.type().withShape(leading.type().shape().with(0, size));
        Value sum = emit(type, List.of(leading, positions(indices)), new Operation.ScatterAdd(indices));
        return permute(sum, order);
    }

    /** Of numbers of any type as float64, which holds them all; where memory isn't the processor's, by comparing. */
    @Override
    public Value gather(Value x, Value positions, int axis) {
        if (!Nd4j.getEnvironment().isCPU()) {
            return Nd4jKernels.super.gather(x, positions, axis);
        }
        Lookup.Gather lookup = new Lookup.Gather(axis);
        TensorType type = lookup.infer(List.of(x.type(), positions.type()));
        return wide(x, type, new Operation.Lookup(axis), positions);
    }

    @Override
    public Value scatterAdd(Value x, Value positions, int axis, Shape shape) {
        return Nd4j.getEnvironment().isCPU()
                ? wide(x, x.type().withShape(shape), new Operation.AddAt(axis), positions)
                : Nd4jKernels.super.scatterAdd(x, positions, axis, shape);
    }

    private Value wide(Value x, TensorType type, Operation operation, Value positions) {
        Value result = emit(type.withDType(DType.FLOAT64), List.of(cast(x, DType.FLOAT64), positions), operation);
        return cast(result, type.dtype());
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
        return emit(a.type().withShape(shape), List.of(a, b), new Operation.Product(transposeA, transposeB));
    }

    @Override
    public Value matrices(MatrixRoutine routine, Value... operands) {
        Value last = operands[operands.length - 1];
        Shape shape = last.type().shape();
        TensorType type = last.type().withShape(shape.with(1, routine.rows(shape.dim(1), shape.dim(2))));
        return emit(type, List.of(operands), new Operation.Matrices(routine));
    }

    @Override
    public Value cumulativeSum(Value x, int axis, boolean exclusive, boolean reverse) {
        return emit(x.type(), List.of(x), new Operation.CumulativeSum(axis, exclusive, reverse));
    }

    public static TensorType joined(TensorType a, TensorType b) {
        return a.withShape(a.shape().joined(b.shape()));
    }
}

package org.curvature4j.samediff;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.MatrixRoutine;
import org.curvature4j.op.Nd4jKernels;
import org.curvature4j.op.Scan;
import org.curvature4j.op.UnrolledMatrices;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The kernels as operations of a SameDiff graph. The one place that chooses them, and it avoids what ND4J gets wrong:
 * {@code select} doesn't broadcast, so operands are tiled to one shape; {@code scatter_add} loses terms, so segments are
 * summed, along the first axis and with one axis more, since those of a matrix of one row come out wrong.
 */
final class SameDiffKernels implements Nd4jKernels {

    /** So many operations take SameDiff seconds to make. */
    private static final int MOST_UNROLLED = 20_000;

    /** A variable of the SameDiff graph, with the type that it will have when the graph runs. */
    record Variable(SDVariable variable, TensorType type) implements Value {}

    /** Rows of matrices: the number of operations grows with the cube, and SameDiff takes microseconds for each. */
    private static final long LARGEST_MATRIX = 16;

    private final SameDiff graph;
    private final Map<Leaf.Literal, Variable> constants = new HashMap<>();

    private final boolean trainable;
    private final SameDiffLookups lookups;

    /**
     * @param trainable whether SameDiff itself is to differentiate the graph: it can't differentiate {@code where}, and its
     *     gradient of a quotient by a broadcast number is wrong. Other operations take their place, which give the same values
     *     wherever all that is chosen from is finite
     */
    SameDiffKernels(SameDiff graph, boolean trainable) {
        this.graph = graph;
        this.trainable = trainable;
        this.lookups = new SameDiffLookups(graph, this, trainable);
    }

    static SDVariable variable(Value value) {
        return ((Variable) value).variable();
    }

    @Override
    public Variable constant(TensorType type, double... values) {
        return constants.computeIfAbsent(
                new Leaf.Literal(type, values, false),
                literal -> new Variable(graph.constant(NativeArrays.constant(type, values)), type));
    }

    @Override
    public Value raw(Elementwise operation, Value... operands) {
        TensorType type = operands.length == 1 ? operands[0].type() : joined(operands[0].type(), operands[1].type());
        SDVariable[] variables = List.of(operands).stream()
                .map(operand -> trainable && operation == Elementwise.DIV ? spread(operand, type.shape()) : operand)
                .map(SameDiffKernels::variable)
                .toArray(SDVariable[]::new);
        return new Variable(apply(requireNonNull(Nd4jKernels.name(operation)), variables), type);
    }

    /** SameDiff has loops, but none whose derivative it knows: each step becomes operations of its own. */
    @Override
    public Value scan(Scan scan, List<Value> operands) {
        if (scan.applications() > MOST_UNROLLED) {
            throw new IllegalArgumentException("export: expected loops of at most " + MOST_UNROLLED
                    + " operations in all their steps, got one of " + (long) scan.applications()
                    + " (SameDiff gets a loop step by step; prepare the function in place of exporting it)");
        }
        return Nd4jKernels.super.scan(scan, operands);
    }

    @Override
    public Value named(String kernel, Value x) {
        return new Variable(apply(kernel, variable(x)), x.type());
    }

    @Override
    public Value test(Comparison comparison, Value a, Value b) {
        TensorType type = joined(a.type(), b.type()).withDType(DType.BOOL);
        return new Variable(apply(Nd4jKernels.name(comparison), variable(a), variable(b)), type);
    }

    /** Adds an operation of ND4J's, whichever way its class wants to be made. */
    private SDVariable apply(String kernel, SDVariable... operands) {
        DifferentialFunction known = ImportClassMapping.getOpNameMapping().get(kernel);
        if (known == null) {
            throw new IllegalArgumentException(
                    "kernel '" + kernel + "': expected the name of an ND4J operation, got one that ND4J doesn't know");
        }
        List<Class<?>> types = new ArrayList<>(List.of(SameDiff.class));
        List<Object> arguments = new ArrayList<>(List.of(graph));
        for (SDVariable operand : operands) {
            types.add(SDVariable.class);
            arguments.add(operand);
        }
        try {
            return make(known, types, arguments).outputVariable();
        } catch (NoSuchMethodException e) {
            types.add(boolean.class);
            arguments.add(false);
            try {
                return make(known, types, arguments).outputVariable();
            } catch (NoSuchMethodException none) {
                throw new IllegalArgumentException(
                        "kernel '" + kernel + "': expected an elementwise operation of " + operands.length
                                + " operand(s), got " + known.getClass().getSimpleName(),
                        none);
            }
        }
    }

    private static DifferentialFunction make(DifferentialFunction known, List<Class<?>> types, List<Object> arguments)
            throws NoSuchMethodException {
        Constructor<? extends DifferentialFunction> constructor =
                known.getClass().getConstructor(types.toArray(new Class<?>[0]));
        try {
            return constructor.newInstance(arguments.toArray());
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("kernel '" + known.opName() + "': ND4J can't make it", e);
        }
    }

    @Override
    public Value select(Value condition, Value yes, Value no) {
        TensorType type = joined(joined(yes.type(), no.type()), condition.type());
        SDVariable holds = variable(spread(condition, type.shape()));
        if (!trainable || !type.dtype().isFloat()) {
            return new Variable(graph.where(spread(yes, type), spread(no, type), holds), type);
        }
        SDVariable one = holds.castTo(NativeArrays.dataType(type.dtype()));
        SDVariable chosen = chosen(yes, one, holds, true, type).add(chosen(no, one.rsub(1), holds, false, type));
        return new Variable(chosen, type);
    }

    /** An operand where it is chosen and 0 elsewhere. A constant may be infinite, and SameDiff needs no derivative of it. */
    private SDVariable chosen(Value x, SDVariable factor, SDVariable holds, boolean where, TensorType type) {
        SDVariable whole = spread(x, type);
        if (!variable(x).isConstant()) {
            return whole.mul(factor);
        }
        SDVariable nothing = spread(constant(TensorType.of(type.dtype()), 0), type);
        return where ? graph.where(whole, nothing, holds) : graph.where(nothing, whole, holds);
    }

    private SDVariable spread(Value x, TensorType type) {
        return variable(spread(x, type.shape()));
    }

    private Value spread(Value x, Shape shape) {
        return broadcast(x.type().rank() == 0 ? reshape(x, Shape.ones(shape.rank())) : x, shape);
    }

    @Override
    public Value cast(Value x, DType dtype) {
        return x.type().dtype() == dtype
                ? x
                : new Variable(
                        variable(x).castTo(NativeArrays.dataType(dtype)),
                        x.type().withDType(dtype));
    }

    @Override
    public Value rawReduce(Reduction reduction, Value x, List<Integer> axes) {
        Shape shape = x.type().shape();
        int[] longAxes = axes.stream()
                .filter(axis -> shape.dim(axis) != 1)
                .mapToInt(axis -> axis)
                .toArray();
        Shape collapsed = shape;
        for (int axis : longAxes) {
            collapsed = collapsed.with(axis, 1);
        }
        if (longAxes.length == 0) {
            return x;
        }
        return new Variable(
                reduction == Reduction.SUM
                        ? graph.sum(variable(x), true, longAxes)
                        : graph.max(variable(x), true, longAxes),
                x.type().withShape(collapsed));
    }

    @Override
    public Value argMax(Value x, int axis) {
        TensorType type = new TensorType(DType.INT64, x.type().shape().with(axis, 1));
        return new Variable(graph.argmax(variable(x), true, axis), type);
    }

    /** SameDiff can't refuse a value: an index that chooses nothing gives zeros there. */
    @Override
    public Value index(Value x, IndexCheck check) {
        if (check.negative() != IndexCheck.Negative.FROM_THE_END) {
            return x;
        }
        Value zero = constant(new TensorType(x.type().dtype(), Shape.SCALAR), 0);
        Value size = constant(new TensorType(x.type().dtype(), Shape.SCALAR), (double) check.size());
        Value isNegative = cast(test(Comparison.LT, x, zero), x.type().dtype());
        return raw(Elementwise.ADD, x, raw(Elementwise.MUL, isNegative, size));
    }

    @Override
    public Value reshape(Value x, Shape shape) {
        return x.type().shape().equals(shape)
                ? x
                : new Variable(
                        graph.reshape(variable(x), shape.toArray()), x.type().withShape(shape));
    }

    @Override
    public Value permute(Value x, List<Integer> axes) {
        Shape from = x.type().shape();
        Shape shape = Shape.of(axes.stream().mapToLong(from::dim).toArray());
        int[] order = axes.stream().mapToInt(axis -> axis).toArray();
        return new Variable(graph.permute(variable(x), order), x.type().withShape(shape));
    }

    @Override
    public Value broadcast(Value x, Shape shape) {
        Shape from = x.type().shape();
        if (from.equals(shape)) {
            return x;
        }
        int[] times = IntStream.range(0, shape.rank())
                .map(axis -> from.dim(axis) == shape.dim(axis) ? 1 : Math.toIntExact(shape.dim(axis)))
                .toArray();
        return new Variable(graph.tile(variable(x), times), x.type().withShape(shape));
    }

    @Override
    public Value slice(Value x, List<Long> starts, Shape sizes) {
        int[] begin = starts.stream().mapToInt(Math::toIntExact).toArray();
        int[] size = Arrays.stream(sizes.toArray()).mapToInt(Math::toIntExact).toArray();
        return x.type().shape().equals(sizes)
                ? x
                : new Variable(graph.slice(variable(x), begin, size), x.type().withShape(sizes));
    }

    @Override
    public Value pad(Value x, List<Long> before, Shape shape) {
        TensorType type = x.type().withShape(shape);
        int[][] widths = IntStream.range(0, shape.rank())
                .mapToObj(axis -> {
                    long first = before.get(axis);
                    long last = shape.dim(axis) - first - x.type().shape().dim(axis);
                    return new int[] {Math.toIntExact(first), Math.toIntExact(last)};
                })
                .toArray(int[][]::new);
        INDArray padding = Nd4j.createFromArray(widths);
        return new Variable(graph.nn().pad(variable(x), graph.constant(padding), 0), type);
    }

    @Override
    public Value concat(List<Value> parts, int axis) {
        long size =
                parts.stream().mapToLong(part -> part.type().shape().dim(axis)).sum();
        TensorType first = parts.get(0).type();
        SDVariable[] variables = parts.stream().map(SameDiffKernels::variable).toArray(SDVariable[]::new);
        TensorType type = first.withShape(first.shape().with(axis, size));
        return parts.size() == 1 ? parts.get(0) : new Variable(graph.concat(axis, variables), type);
    }

    @Override
    public Value gather(Value x, int axis, Indices indices) {
        TensorType type = x.type().withShape(x.type().shape().with(axis, indices.count()));
        return new Variable(graph.gather(variable(x), positions(indices), axis), type);
    }

    @Override
    public Value scatterAdd(Value x, int axis, Indices indices, long size) {
        return lookups.segments(x, axis, positions(indices), size);
    }

    @Override
    public Value gather(Value x, Value positions, int axis) {
        return lookups.isSuited(positions, axis)
                ? lookups.gather(x, positions, axis)
                : Nd4jKernels.super.gather(x, positions, axis);
    }

    @Override
    public Value scatterAdd(Value x, Value positions, int axis, Shape shape) {
        boolean keeps =
                shape.with(axis, 1).size() == x.type().shape().with(axis, 1).size();
        return keeps && lookups.isSuited(positions, axis)
                ? lookups.scatterAdd(x, positions, axis, shape.dim(axis))
                : Nd4jKernels.super.scatterAdd(x, positions, axis, shape);
    }

    private SDVariable positions(Indices indices) {
        double[] values = IntStream.of(indices.toArray()).asDoubleStream().toArray();
        return variable(constant(TensorType.of(DType.INT32, values.length), values));
    }

    @Override
    public Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
        DType dtype = a.type().dtype();
        if (!dtype.isFloat()) {
            return cast(matmul(cast(a, DType.FLOAT64), cast(b, DType.FLOAT64), transposeA, transposeB), dtype);
        }
        Shape left = a.type().shape();
        Shape right = b.type().shape();
        int rank = left.rank();
        Shape shape = left.with(rank - 2, left.dim(transposeA ? rank - 1 : rank - 2))
                .with(rank - 1, right.dim(transposeB ? rank - 2 : rank - 1));
        TensorType type = a.type().withShape(shape);
        return new Variable(graph.mmul(variable(a), variable(b), transposeA, transposeB, false), type);
    }

    /** ND4J's own are wrong or lack derivatives; elements of matrices go through operations that are right. */
    @Override
    public Value matrices(MatrixRoutine routine, Value... operands) {
        if (!UnrolledMatrices.suits(routine, LARGEST_MATRIX, operands)) {
            throw new IllegalArgumentException(
                    "export: expected decompositions of matrices that SameDiff computes right, got "
                            + UnrolledMatrices.refusal(routine, LARGEST_MATRIX, operands)
                            + " (its own routines are wrong; evaluate here)");
        }
        return UnrolledMatrices.of(this, routine, operands);
    }

    @Override
    public Value cumulativeSum(Value x, int axis, boolean exclusive, boolean reverse) {
        return new Variable(graph.cumsum(variable(x), exclusive, reverse, axis), x.type());
    }

    /** The first operand's dtype, and the shape that both broadcast to. */
    private static TensorType joined(TensorType a, TensorType b) {
        return a.withShape(a.shape().joined(b.shape()));
    }
}

package org.curvature4j.op;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.hipparchus.special.Erf;

/**
 * The kernels once more, element by element in plain Java: an oracle that shares nothing with ND4J, and an evaluator for
 * tests of what stands below the engine. Every dtype is held as doubles, rounded after each kernel.
 */
public final class JavaKernels implements Kernels {

    /** A tensor, row-major. */
    @SuppressWarnings("ArrayRecordComponent") // a test's own data
    public record Tensor(TensorType type, double[] values) implements Value {
        public static Tensor of(TensorType type, double... values) {
            return new Tensor(type, values);
        }
    }

    private static final Map<Elementwise, DoubleUnaryOperator> UNARY = Map.ofEntries(
            Map.entry(Elementwise.NEG, x -> -x),
            Map.entry(Elementwise.ABS, Math::abs),
            Map.entry(Elementwise.SIGN, Math::signum),
            Map.entry(Elementwise.FLOOR, Math::floor),
            Map.entry(Elementwise.CEIL, Math::ceil),
            Map.entry(Elementwise.ROUND, x -> Math.copySign(Math.floor(Math.abs(x) + 0.5), x)),
            Map.entry(Elementwise.EXP, Math::exp),
            Map.entry(Elementwise.LOG, Math::log),
            Map.entry(Elementwise.SQRT, Math::sqrt),
            Map.entry(Elementwise.SIN, Math::sin),
            Map.entry(Elementwise.COS, Math::cos),
            Map.entry(Elementwise.TAN, Math::tan),
            Map.entry(Elementwise.ASIN, Math::asin),
            Map.entry(Elementwise.ACOS, Math::acos),
            Map.entry(Elementwise.ATAN, Math::atan),
            Map.entry(Elementwise.SINH, Math::sinh),
            Map.entry(Elementwise.COSH, Math::cosh),
            Map.entry(Elementwise.TANH, Math::tanh),
            Map.entry(Elementwise.ACOSH, x -> Math.log(x + Math.sqrt(x - 1) * Math.sqrt(x + 1))),
            Map.entry(Elementwise.ERF, Erf::erf),
            Map.entry(Elementwise.ERFC, Erf::erfc),
            Map.entry(Elementwise.LGAMMA, x -> LogGamma.value(x)));

    private static final Map<Kernel, DoubleBinaryOperator> BINARY = Map.ofEntries(
            Map.entry(Elementwise.ADD, (a, b) -> a + b),
            Map.entry(Elementwise.SUB, (a, b) -> a - b),
            Map.entry(Elementwise.MUL, (a, b) -> a * b),
            Map.entry(Elementwise.DIV, (a, b) -> a / b),
            Map.entry(Elementwise.POW, Math::pow),
            Map.entry(Elementwise.ATAN2, Math::atan2),
            Map.entry(Comparison.LT, (a, b) -> a < b ? 1 : 0),
            Map.entry(Comparison.LE, (a, b) -> a <= b ? 1 : 0),
            Map.entry(Comparison.GT, (a, b) -> a > b ? 1 : 0),
            Map.entry(Comparison.GE, (a, b) -> a >= b ? 1 : 0),
            Map.entry(Comparison.EQ, (a, b) -> a == b ? 1 : 0),
            Map.entry(Comparison.NE, (a, b) -> a != b ? 1 : 0),
            Map.entry(Comparison.AND, (a, b) -> a * b),
            Map.entry(Comparison.OR, Math::max),
            Map.entry(Comparison.XOR, (a, b) -> a != b ? 1 : 0));

    /** The outputs of a graph. */
    public static List<Tensor> evaluate(Graph graph, List<Tensor> arguments) {
        graph.checkArguments(arguments.stream().map(Tensor::type).toList());
        JavaKernels kernels = new JavaKernels();
        Map<Node, Value> known = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            known.put(graph.inputs().get(i), arguments.get(i));
        }
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Leaf.Literal literal) {
                known.put(node, kernels.constant(node.type(), literal.values()));
            } else if (node.op() instanceof Primitive primitive) {
                List<Value> operands = node.operands().stream().map(known::get).toList();
                Value value = primitive.lower(kernels, node, operands);
                if (!value.type().equals(node.type())) {
                    throw new AssertionError("lowering of " + node + " gave " + value.type());
                }
                known.put(node, value);
            }
        }
        return graph.outputs().stream().map(node -> (Tensor) known.get(node)).toList();
    }

    /** An operation of one operand, at several numbers. */
    public static double[] values(ElementwiseOp operation, double... x) {
        TensorType type = TensorType.of(DType.FLOAT64, x.length);
        GraphBuilder builder = new GraphBuilder();
        Graph graph = builder.build(List.of(builder.apply(operation, List.of(builder.input("x", type)))));
        return evaluate(graph, List.of(Tensor.of(type, x))).get(0).values();
    }

    @Override
    public Tensor constant(TensorType type, double... values) {
        double[] all = new double[Math.toIntExact(type.size())];
        Arrays.setAll(all, i -> type.dtype().round(values[values.length == 1 ? 0 : i]));
        return new Tensor(type, all);
    }

    @Override
    public Value apply(Elementwise operation, Value... operands) {
        if (operation.isComposed()) {
            return operation.compose(this, operands);
        }
        Value first = operands[0];
        return operands.length == 1
                ? map(first, requireNonNull(UNARY.get(operation), operation.name()))
                : zip(operation, first, operands[1], first.type().dtype());
    }

    /** The one that tests use. */
    @Override
    public Value named(String kernel, Value x) {
        if (!kernel.equals("cube")) {
            throw new AssertionError("a kernel of ND4J's: " + kernel);
        }
        return map(x, value -> value * value * value);
    }

    private static Value map(Value x, DoubleUnaryOperator operator) {
        DType dtype = x.type().dtype();
        double[] values = Arrays.stream(values(x))
                .map(value -> dtype.round(operator.applyAsDouble(value)))
                .toArray();
        return new Tensor(x.type(), values);
    }

    @Override
    public Value test(Comparison comparison, Value a, Value b) {
        return zip(comparison, a, b, DType.BOOL);
    }

    private static Value zip(Kernel kernel, Value a, Value b, DType dtype) {
        TensorType type = Elementwise.ADD
                .infer(List.of(number(a.type()), number(b.type())))
                .withDType(dtype);
        DoubleBinaryOperator operator = requireNonNull(BINARY.get(kernel), kernel.toString());
        return fill(type, at -> operator.applyAsDouble(spread(a, at), spread(b, at)));
    }

    private static TensorType number(TensorType type) {
        return type.withDType(DType.FLOAT64);
    }

    @Override
    public Value select(Value condition, Value yes, Value no) {
        TensorType type = new Select().infer(List.of(condition.type(), yes.type(), no.type()));
        return fill(type, at -> spread(condition, at) != 0 ? spread(yes, at) : spread(no, at));
    }

    @Override
    public Value cast(Value x, DType dtype) {
        return new Tensor(
                x.type().withDType(dtype),
                Arrays.stream(values(x)).map(dtype::round).toArray());
    }

    @Override
    public Value reduce(Reduction reduction, Value x, List<Integer> axes) {
        boolean sum = reduction == Reduction.SUM;
        TensorType type = x.type().withShape(Sum.collapse(x.type().shape(), axes));
        double[] values = new double[Math.toIntExact(type.size())];
        Arrays.fill(values, sum ? 0 : Double.NEGATIVE_INFINITY);
        each(x.type().shape(), at -> {
            long[] to = at.clone();
            axes.forEach(axis -> to[axis] = 0);
            int position = position(type.shape(), to);
            double value = element(x, at);
            values[position] = type.dtype().round(sum ? values[position] + value : Math.max(values[position], value));
        });
        return new Tensor(type, values);
    }

    @Override
    public Value argMax(Value x, int axis) {
        TensorType type = new TensorType(DType.INT64, x.type().shape().with(axis, 1));
        return fill(type, at -> {
            int best = 0;
            for (int i = 0; i < x.type().shape().dim(axis); i++) {
                if (element(x, with(at, axis, i)) > element(x, with(at, axis, best))) {
                    best = i;
                }
            }
            return best;
        });
    }

    @Override
    public Value index(Value x, IndexCheck check) {
        return fill(x.type(), at -> check.checked(element(x, at)));
    }

    @Override
    public Value reshape(Value x, Shape shape) {
        return new Tensor(x.type().withShape(shape), values(x));
    }

    @Override
    public Value permute(Value x, List<Integer> axes) {
        TensorType type = new ShapeOp.Permute(axes).infer(x.type());
        return fill(type, at -> {
            long[] from = new long[at.length];
            IntStream.range(0, at.length).forEach(i -> from[axes.get(i)] = at[i]);
            return element(x, from);
        });
    }

    @Override
    public Value broadcast(Value x, Shape shape) {
        return fill(x.type().withShape(shape), at -> spread(x, at));
    }

    @Override
    public Value slice(Value x, List<Long> starts, Shape sizes) {
        return fill(x.type().withShape(sizes), at -> element(x, shift(at, starts, 1)));
    }

    @Override
    public Value pad(Value x, List<Long> before, Shape shape) {
        return fill(x.type().withShape(shape), at -> {
            long[] from = shift(at, before, -1);
            boolean inside = IntStream.range(0, from.length)
                    .allMatch(axis ->
                            from[axis] >= 0 && from[axis] < x.type().shape().dim(axis));
            return inside ? element(x, from) : 0;
        });
    }

    @Override
    public Value concat(List<Value> parts, int axis) {
        TensorType type = new Concat(axis).infer(parts.stream().map(Value::type).toList());
        return fill(type, at -> {
            long rest = at[axis];
            int part = 0;
            while (rest >= parts.get(part).type().shape().dim(axis)) {
                rest -= parts.get(part++).type().shape().dim(axis);
            }
            return element(parts.get(part), with(at, axis, rest));
        });
    }

    @Override
    public Value gather(Value x, int axis, Indices indices) {
        TensorType type = x.type().withShape(x.type().shape().with(axis, indices.count()));
        return fill(type, at -> element(x, with(at, axis, indices.get((int) at[axis]))));
    }

    @Override
    public Value scatterAdd(Value x, int axis, Indices indices, long size) {
        TensorType type = x.type().withShape(x.type().shape().with(axis, size));
        double[] values = new double[Math.toIntExact(type.size())];
        each(x.type().shape(), at -> {
            int position = position(type.shape(), with(at, axis, indices.get((int) at[axis])));
            values[position] = type.dtype().round(values[position] + element(x, at));
        });
        return new Tensor(type, values);
    }

    @Override
    public Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
        String stack = a.type().rank() == 3 ? "s" : "";
        Value left = arrange(a, stack.isEmpty(), transposeA);
        Value right = arrange(b, stack.isEmpty(), transposeB);
        long inner = left.type().shape().dim(2);
        TensorType type = left.type()
                .withShape(Shape.of(
                        left.type().shape().dim(0),
                        left.type().shape().dim(1),
                        right.type().shape().dim(2)));
        Value product = fill(type, at -> {
            double sum = 0;
            for (long k = 0; k < inner; k++) {
                double term =
                        element(left, new long[] {at[0], at[1], k}) * element(right, new long[] {at[0], k, at[2]});
                sum = type.dtype().round(sum + type.dtype().round(term));
            }
            return sum;
        });
        Shape shape = type.shape();
        return stack.isEmpty() ? reshape(product, Shape.of(shape.dim(1), shape.dim(2))) : product;
    }

    private Value arrange(Value x, boolean flat, boolean transpose) {
        Shape shape = x.type().shape();
        Value stacked = flat ? reshape(x, Shape.of(1, shape.dim(0), shape.dim(1))) : x;
        return transpose ? permute(stacked, List.of(0, 2, 1)) : stacked;
    }

    @Override
    public Value cumulativeSum(Value x, int axis, boolean exclusive, boolean reverse) {
        long size = x.type().shape().dim(axis);
        return fill(x.type(), at -> {
            double sum = 0;
            for (long i = 0; i < size; i++) {
                boolean counts = reverse ? i > at[axis] : i < at[axis];
                sum += counts || (!exclusive && i == at[axis]) ? element(x, with(at, axis, i)) : 0;
            }
            return sum;
        });
    }

    @Override
    public Value matrices(MatrixRoutine routine, Value... operands) {
        return UnrolledMatrices.of(this, routine, operands);
    }

    private interface Element {
        double at(long[] index);
    }

    private interface Visit {
        void at(long[] index);
    }

    private static Tensor fill(TensorType type, Element element) {
        List<Double> values = new ArrayList<>();
        each(type.shape(), at -> values.add(type.dtype().round(element.at(at))));
        return new Tensor(type, values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void each(Shape shape, Visit visit) {
        long size = shape.size();
        long[] index = new long[shape.rank()];
        for (long i = 0; i < size; i++) {
            visit.at(index.clone());
            for (int axis = index.length - 1; axis >= 0 && ++index[axis] == shape.dim(axis); axis--) {
                index[axis] = 0;
            }
        }
    }

    private static double spread(Value x, long[] at) {
        Shape shape = x.type().shape();
        long[] from = new long[shape.rank()];
        for (int axis = 0; axis < from.length; axis++) {
            from[axis] = shape.dim(axis) == 1 ? 0 : at[axis];
        }
        return element(x, from);
    }

    private static double element(Value x, long[] at) {
        return values(x)[position(x.type().shape(), at)];
    }

    private static int position(Shape shape, long[] at) {
        long position = 0;
        for (int axis = 0; axis < at.length; axis++) {
            position = position * shape.dim(axis) + at[axis];
        }
        return Math.toIntExact(position);
    }

    private static long[] with(long[] at, int axis, long index) {
        long[] changed = at.clone();
        changed[axis] = index;
        return changed;
    }

    private static long[] shift(long[] at, List<Long> by, int sign) {
        long[] shifted = at.clone();
        IntStream.range(0, at.length).forEach(axis -> shifted[axis] += sign * by.get(axis));
        return shifted;
    }

    private static double[] values(Value x) {
        return ((Tensor) x).values();
    }
}

package org.curvature4j.internal.engine.scalar;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.MatrixRoutine;
import org.curvature4j.op.Scan;
import org.curvature4j.op.UnrolledMatrices;

/**
 * Kernels on tensors of scalar expressions: layout is settled here, once, and costs nothing at a point. Float32 functions
 * are computed in float64 and rounded at the end, and where a cast says so.
 */
final class ScalarKernels implements Kernels {

    /** A tensor, row-major. */
    record Tensor(TensorType type, List<Scalar> elements) implements Value {}

    /** More can't become fewer computations than code may have but by luck, and taking them apart costs time. */
    private static final int LARGEST_SCAN = 4 * ScalarAlgebra.LARGEST;

    /** Rows of matrices whose decompositions are few enough operations, and small enough for many in one function. */
    private static final long LARGEST_MATRIX = 8;

    private final ScalarAlgebra algebra;

    ScalarKernels(ScalarAlgebra algebra) {
        this.algebra = algebra;
    }

    @Override
    public Value literal(Leaf.Literal literal) {
        return literal(literal.type(), literal.values(), literal.structural());
    }

    /** Steps are written out, as far as that is code which is fast. */
    @Override
    public Value scan(Scan scan, List<Value> operands) {
        if (scan.numbers() > LARGEST_SCAN) {
            throw new Unsuitable("more than " + LARGEST_SCAN + " numbers in the steps of a loop");
        }
        return Kernels.super.scan(scan, operands);
    }

    /** A literal whose zeros are structural or not; a boolean one can choose between values, and no more. */
    Value literal(TensorType type, double[] values, boolean structural) {
        if (type.dtype() != DType.BOOL) {
            requireFloat(type);
        }
        return fill(type, at -> algebra.constant(values[values.length == 1 ? 0 : at], structural));
    }

    private static void requireFloat(TensorType type) {
        if (!type.dtype().isFloat()) {
            throw new Unsuitable("scalar code computes in floating numbers only, not in " + type.dtype());
        }
    }

    @Override
    public Value constant(TensorType type, double... values) {
        return literal(type, values, false);
    }

    @Override
    public Value apply(Elementwise operation, Value... operands) {
        Value first = operands[0];
        if (!JavaDialect.spells(operation)) {
            return operation.compose(this, operands);
        }
        return operands.length == 1
                ? map(first.type(), at -> algebra.apply(operation, element(first, at)))
                : zip(first, operands[1], first.type().dtype(), (a, b) -> algebra.apply(operation, a, b));
    }

    @Override
    public Value named(String kernel, Value x) {
        throw new Unsuitable("'" + kernel + "' has no scalar code");
    }

    /** Booleans are compared as numbers, false being 0: code has words for their connectives alone. */
    @Override
    public Value test(Comparison comparison, Value a, Value b) {
        boolean asTheyAre = comparison.isLogical() || a.type().dtype() != DType.BOOL;
        Value x = asTheyAre ? a : cast(a, DType.FLOAT64);
        Value y = asTheyAre ? b : cast(b, DType.FLOAT64);
        return zip(x, y, DType.BOOL, (left, right) -> algebra.test(comparison, left, right));
    }

    private interface Pair {
        Scalar of(Scalar a, Scalar b);
    }

    private static Value zip(Value a, Value b, DType dtype, Pair pair) {
        TensorType type = new TensorType(dtype, a.type().shape().joined(b.type().shape()));
        int[] left = spread(a, type.shape());
        int[] right = spread(b, type.shape());
        return fill(type, at -> pair.of(element(a, left[at]), element(b, right[at])));
    }

    @Override
    public Value select(Value condition, Value yes, Value no) {
        Shape shape = yes.type()
                .shape()
                .joined(no.type().shape())
                .joined(condition.type().shape());
        int[] conditions = spread(condition, shape);
        int[] left = spread(yes, shape);
        int[] right = spread(no, shape);
        boolean logical = yes.type().dtype() == DType.BOOL;
        return fill(
                yes.type().withShape(shape),
                at -> algebra.select(
                        element(condition, conditions[at]), element(yes, left[at]), element(no, right[at]), logical));
    }

    @Override
    public Value cast(Value x, DType dtype) {
        if (x.type().dtype() == dtype) {
            return x;
        } else if (dtype == DType.FLOAT64 && x.type().dtype() == DType.FLOAT32) {
            return new Tensor(x.type().withDType(dtype), elements(x));
        } else if (dtype == DType.FLOAT32 && x.type().dtype() == DType.FLOAT64) {
            return map(x.type().withDType(dtype), at -> algebra.narrow(element(x, at)));
        } else if (!dtype.isFloat() || x.type().dtype() != DType.BOOL) {
            throw new Unsuitable("no scalar cast from " + x.type().dtype() + " to " + dtype);
        }
        Scalar one = algebra.constant(1, false);
        Scalar zero = algebra.constant(0, false);
        return map(x.type().withDType(dtype), at -> algebra.select(element(x, at), one, zero, false));
    }

    @Override
    public Value reduce(Reduction reduction, Value x, List<Integer> axes) {
        Shape shape = x.type().shape();
        for (int axis : axes) {
            shape = shape.with(axis, 1);
        }
        Elementwise pair = reduction == Reduction.SUM ? Elementwise.ADD : Elementwise.MAX;
        Scalar[] results = new Scalar[Math.toIntExact(shape.size())];
        int[] targets = Strides.of(shape).broadcast(x.type().shape()).positions();
        for (int i = 0; i < targets.length; i++) {
            Scalar element = element(x, i);
            Scalar known = results[targets[i]];
            results[targets[i]] = known == null ? element : algebra.apply(pair, known, element);
        }
        return new Tensor(x.type().withShape(shape), List.of(results));
    }

    @Override
    public Value argMax(Value x, int axis) {
        throw new Unsuitable("an index of a largest element has no scalar code");
    }

    @Override
    public Value index(Value x, IndexCheck check) {
        throw new Unsuitable("a check of indices has no scalar code");
    }

    @Override
    public Value reshape(Value x, Shape shape) {
        return new Tensor(x.type().withShape(shape), elements(x));
    }

    @Override
    public Value permute(Value x, List<Integer> axes) {
        return pick(x, Strides.of(x.type().shape()).axes(axes));
    }

    @Override
    public Value broadcast(Value x, Shape shape) {
        return pick(x, Strides.of(x.type().shape()).broadcast(shape));
    }

    @Override
    public Value slice(Value x, List<Long> starts, Shape sizes) {
        return pick(x, Strides.of(x.type().shape()).block(starts, sizes));
    }

    @Override
    public Value pad(Value x, List<Long> before, Shape shape) {
        return place(x, Strides.of(shape).block(before, x.type().shape()).positions(), shape);
    }

    private Value place(Value x, int[] targets, Shape shape) {
        Scalar[] results = new Scalar[Math.toIntExact(shape.size())];
        Arrays.fill(results, algebra.zero());
        for (int i = 0; i < targets.length; i++) {
            results[targets[i]] = algebra.add(results[targets[i]], element(x, i));
        }
        return new Tensor(x.type().withShape(shape), List.of(results));
    }

    @Override
    public Value concat(List<Value> parts, int axis) {
        Shape first = parts.get(0).type().shape();
        long size =
                parts.stream().mapToLong(part -> part.type().shape().dim(axis)).sum();
        Shape shape = first.with(axis, size);
        Scalar[] results = new Scalar[Math.toIntExact(shape.size())];
        long start = 0;
        for (Value part : parts) {
            long length = part.type().shape().dim(axis);
            int[] targets = Strides.of(shape).slice(axis, start, length).positions();
            for (int i = 0; i < targets.length; i++) {
                results[targets[i]] = element(part, i);
            }
            start += length;
        }
        return new Tensor(parts.get(0).type().withShape(shape), List.of(results));
    }

    @Override
    public Value gather(Value x, int axis, Indices indices) {
        Shape shape = x.type().shape().with(axis, indices.count());
        int[] source = indexed(shape, axis, indices, x.type().shape().dim(axis));
        return fill(x.type().withShape(shape), at -> element(x, source[at]));
    }

    @Override
    public Value scatterAdd(Value x, int axis, Indices indices, long size) {
        Shape shape = x.type().shape().with(axis, size);
        return place(x, indexed(x.type().shape(), axis, indices, size), shape);
    }

    /** For each element of a shape, the place of what an index along one axis leads to where that axis has a size. */
    private static int[] indexed(Shape shape, int axis, Indices indices, long size) {
        int inner = Math.toIntExact(shape.sizeFrom(axis + 1));
        int run = indices.count() * inner;
        return IntStream.range(0, Math.toIntExact(shape.size()))
                .map(at -> (int) (at / run * size + indices.get(at / inner % indices.count())) * inner + at % inner)
                .toArray();
    }

    @Override
    public Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
        Value left = transposeA ? transposed(a) : a;
        Value right = transposeB ? transposed(b) : b;
        int last = left.type().rank() - 1;
        int inner = Math.toIntExact(left.type().shape().dim(last));
        int columns = Math.toIntExact(right.type().shape().dim(last));
        int block = Math.toIntExact(left.type().shape().dim(last - 1)) * columns;
        return fill(left.type().withShape(left.type().shape().with(last, columns)), at -> {
            int row = at / columns * inner;
            int column = at / block * inner * columns + at % columns;
            Scalar sum = algebra.zero();
            for (int k = 0; k < inner; k++) {
                sum = algebra.add(sum, algebra.multiply(element(left, row + k), element(right, column + k * columns)));
            }
            return sum;
        });
    }

    private Value transposed(Value matrices) {
        return permute(matrices, matrices.type().rank() == 3 ? List.of(0, 2, 1) : List.of(1, 0));
    }

    @Override
    public Value cumulativeSum(Value x, int axis, boolean exclusive, boolean reverse) {
        Strides all = Strides.of(x.type().shape());
        int size = Math.toIntExact(x.type().shape().dim(axis));
        Scalar[] results = new Scalar[Math.toIntExact(x.type().size())];
        int[] first = all.slice(axis, 0, 1).positions();
        int step = Math.toIntExact(all.step(axis));
        for (int start : first) {
            Scalar sum = algebra.constant(0, false);
            for (int i = 0; i < size; i++) {
                int at = start + (reverse ? size - 1 - i : i) * step;
                Scalar next = i == 0 ? element(x, at) : algebra.add(sum, element(x, at));
                results[at] = exclusive ? sum : next;
                sum = next;
            }
        }
        return new Tensor(x.type(), List.of(results));
    }

    @Override
    public Value matrices(MatrixRoutine routine, Value... operands) {
        if (!UnrolledMatrices.suits(routine, LARGEST_MATRIX, operands)) {
            throw new Unsuitable(UnrolledMatrices.refusal(routine, LARGEST_MATRIX, operands));
        }
        return UnrolledMatrices.of(this, routine, operands);
    }

    private interface Element {
        Scalar at(int position);
    }

    private static Value map(TensorType type, Element element) {
        return fill(type, element);
    }

    private static Value fill(TensorType type, Element element) {
        return new Tensor(
                type,
                IntStream.range(0, Math.toIntExact(type.size()))
                        .mapToObj(element::at)
                        .toList());
    }

    private static int[] spread(Value x, Shape shape) {
        return Strides.of(x.type().shape()).broadcast(shape).positions();
    }

    private static Value pick(Value x, Strides from) {
        int[] source = from.positions();
        return fill(x.type().withShape(from.shape()), at -> element(x, source[at]));
    }

    private static Scalar element(Value x, int position) {
        return elements(x).get(position);
    }

    static List<Scalar> elements(Value x) {
        return ((Tensor) x).elements();
    }
}

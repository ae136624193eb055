package org.curvature4j.internal.engine.loops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.code.Blockwise;
import org.curvature4j.internal.engine.code.ElementwiseCode;
import org.curvature4j.internal.engine.code.ElementwiseLoop;
import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.program.LookupRows;
import org.curvature4j.internal.engine.program.LoopBody;
import org.curvature4j.internal.engine.program.MatrixSteps;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.engine.program.Target;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.MatrixRoutine;

/** Operations on Java arrays, by loops. */
final class LoopTarget implements Target<HeapArray> {
    /** A row in which an operand repeats is worth a loop of its own from this length on. */
    private static final int SHORTEST_ROW = 8;

    /** Up to so many elements a constant is repeated over the batch once, so that one long loop does all rows. */
    private static final int LARGEST_EXPANDED = 1 << 16;

    private final int largest;
    private final List<double[]> scratch = new ArrayList<>();
    private final MatrixSteps matrices = new MatrixSteps();

    /** @param largest the largest index at which any result ends */
    LoopTarget(int largest) {
        this.largest = largest;
    }

    @Override
    public Step scalar(Kernel kernel, List<HeapArray> operands, HeapArray z) {
        Blockwise function = JavaDialect.overArrays(kernel);
        HeapArray x = operands.get(0);
        return function == null
                ? elementwise(ElementwiseCode.of(kernel), operands, z)
                : () -> function.of(x.values(), x.from(), z.values(), z.from(), z.size());
    }

    @Override
    public Step cast(HeapArray x, HeapArray z, DType from, DType to) {
        return elementwise(ElementwiseCode.cast(from, to), List.of(x), z);
    }

    /** An expression of operands that broadcast. */
    private Step elementwise(String code, List<HeapArray> operands, HeapArray z) {
        if (z.size() == 0) {
            return () -> {};
        }
        Shape shape = z.shape();
        List<StridedView> views = operands.stream()
                .map(operand -> StridedView.over(operand, shape))
                .toList();
        List<Boolean> repeated = new ArrayList<>();
        int outer = 0;
        for (int k = 0; k < views.size(); k++) {
            int constant = views.get(k).strides().constantFrom();
            boolean expand = operands.get(k).fixed() && z.size() <= LARGEST_EXPANDED;
            int least = expand ? Integer.MAX_VALUE : SHORTEST_ROW;
            boolean repeats = constant == 0 || shape.sizeFrom(constant) >= least;
            repeated.add(repeats);
            outer = repeats ? Math.max(outer, constant) : outer;
        }
        double[][] in = new double[operands.size()][];
        int[][] at = new int[operands.size()][];
        List<Step> staging = new ArrayList<>();
        for (int k = 0; k < in.length; k++) {
            HeapArray operand = operands.get(k);
            StridedView view = views.get(k);
            in[k] = operand.values();
            if (repeated.get(k)) {
                at[k] = view.strides().leading(outer).positions();
            } else if (!operand.shape().equals(shape) || operand.from() != z.from()) {
                in[k] = operand.fixed() ? HeapPool.allocate(z.to()) : scratch(staging.size());
                Step copy = RowCopy.of(view, new StridedView(in[k], z.strides()));
                if (operand.fixed()) {
                    copy.run();
                } else {
                    staging.add(copy);
                }
            }
        }
        ElementwiseLoop loop = ElementwiseCode.loop(code, repeated);
        Step[] before = staging.toArray(Step[]::new);
        int length = Math.toIntExact(shape.sizeFrom(outer));
        return () -> {
            for (Step step : before) {
                step.run();
            }
            loop.run(in, at, z.values(), z.from(), z.size() / length, length);
        };
    }

    private double[] scratch(int number) {
        while (scratch.size() <= number) {
            scratch.add(HeapPool.allocate(largest));
        }
        return scratch.get(number);
    }

    @Override
    public Step reduce(Kernels.Reduction reduction, HeapArray x, HeapArray z, List<Integer> axes) {
        return new RowReduction(x, z, axes, reduction == Kernels.Reduction.SUM);
    }

    @Override
    public Step argMax(HeapArray x, HeapArray z, int axis) {
        return AxisLoops.of(x, z, axis)::argMax;
    }

    @Override
    public Step index(HeapArray x, HeapArray z, IndexCheck check) {
        return () -> {
            for (int i = 0; i < z.size(); i++) {
                z.values()[z.from() + i] = check.checked(x.values()[x.from() + i]);
            }
        };
    }

    @Override
    public Step cumulativeSum(HeapArray x, HeapArray z, int axis, boolean exclusive, boolean reverse) {
        AxisLoops loops = AxisLoops.of(x, z, axis);
        return () -> loops.runningSum(exclusive, reverse);
    }

    @Override
    public Step permute(HeapArray x, HeapArray z, List<Integer> axes) {
        return RowCopy.of(new StridedView(x.values(), x.strides().axes(axes)), StridedView.of(z));
    }

    @Override
    public Step broadcast(HeapArray x, HeapArray z) {
        return RowCopy.of(StridedView.over(x, z.shape()), StridedView.of(z));
    }

    @Override
    public Step slice(HeapArray x, HeapArray z, List<Long> starts) {
        return RowCopy.of(new StridedView(x.values(), x.strides().block(starts, z.shape())), StridedView.of(z));
    }

    @Override
    public Step pad(HeapArray x, HeapArray z, List<Long> before) {
        Step block = RowCopy.of(
                StridedView.of(x), new StridedView(z.values(), z.strides().block(before, x.shape())));
        return () -> {
            Arrays.fill(z.values(), z.from(), z.to(), 0);
            block.run();
        };
    }

    @Override
    public Step concat(List<HeapArray> parts, HeapArray z, int axis) {
        List<Step> steps = new ArrayList<>();
        long start = 0;
        for (HeapArray part : parts) {
            long size = part.shape().dim(axis);
            Strides target = z.strides().slice(axis, start, size);
            steps.add(RowCopy.of(StridedView.of(part), new StridedView(z.values(), target)));
            start += size;
        }
        return () -> steps.forEach(Step::run);
    }

    @Override
    public Step gather(HeapArray x, HeapArray positions, HeapArray z, int axis, Indices indices) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < indices.count(); i++) {
            Strides source = x.strides().slice(axis, indices.get(i), 1);
            Strides target = z.strides().slice(axis, i, 1);
            steps.add(RowCopy.of(new StridedView(x.values(), source), new StridedView(z.values(), target)));
        }
        return () -> steps.forEach(Step::run);
    }

    @Override
    public Step scatterAdd(HeapArray x, HeapArray positions, HeapArray z, Indices indices) {
        int length = Math.toIntExact(x.shape().sizeFrom(1));
        return () -> {
            Arrays.fill(z.values(), z.from(), z.to(), 0);
            for (int i = 0; i < indices.count(); i++) {
                int to = z.from() + indices.get(i) * length;
                RowReduction.add(x.values(), x.from() + i * length, z.values(), to, length);
            }
        };
    }

    @Override
    public Step lookup(HeapArray x, HeapArray positions, HeapArray z, int axis) {
        LookupRows rows = LookupRows.of(x.strides(), positions.strides(), z.strides(), axis);
        return () -> {
            for (int row = 0; row < rows.count(); row++) {
                int from = rows.at(row, positions.values()[rows.position(row)]);
                int to = rows.other(row);
                if (from < 0) {
                    Arrays.fill(z.values(), to, to + rows.length(), 0);
                } else {
                    System.arraycopy(x.values(), from, z.values(), to, rows.length());
                }
            }
        };
    }

    @Override
    public Step addAt(HeapArray x, HeapArray positions, HeapArray z, int axis) {
        LookupRows rows = LookupRows.of(z.strides(), positions.strides(), x.strides(), axis);
        return () -> {
            Arrays.fill(z.values(), z.from(), z.to(), 0);
            for (int row = 0; row < rows.count(); row++) {
                int to = rows.at(row, positions.values()[rows.position(row)]);
                if (to >= 0) {
                    RowReduction.add(x.values(), rows.other(row), z.values(), to, rows.length());
                }
            }
        };
    }

    @Override
    public Step contract(Einsum einsum, boolean symmetric, HeapArray a, HeapArray b, HeapArray z) {
        return z.size() == 0 ? () -> {} : new HeapContraction(einsum, symmetric, a, b, null, false, z);
    }

    @Override
    public Step weightedSquare(Einsum einsum, boolean weightsLeft, HeapArray x, HeapArray weights, HeapArray z) {
        return z.size() == 0 ? () -> {} : new HeapContraction(einsum, true, x, x, weights, weightsLeft, z);
    }

    @Override
    public Step matrices(MatrixRoutine routine, List<HeapArray> operands, HeapArray z) {
        return matrices.step(routine, operands.stream().map(LoopTarget::matrix).toList(), matrix(z));
    }

    private static MatrixSteps.Operand matrix(HeapArray array) {
        MatrixSteps.Numbers numbers = new MatrixSteps.Numbers() {
            @Override
            public void read(int from, double[] to, int count) {
                System.arraycopy(array.values(), array.from() + from, to, 0, count);
            }

            @Override
            public void write(int from, double[] values, int count) {
                System.arraycopy(values, 0, array.values(), array.from() + from, count);
            }
        };
        return new MatrixSteps.Operand(numbers, array.shape());
    }

    @Override
    public Step product(HeapArray a, HeapArray b, HeapArray z, boolean transposeA, boolean transposeB) {
        return new BlasProduct(a, b, z, transposeA, transposeB);
    }

    @Override
    public Step repeat(LoopBody body, List<HeapArray> operands, HeapArray z) {
        return HeapLoop.of(body, operands, z);
    }
}

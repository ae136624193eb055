package org.curvature4j.internal.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.program.LoopBody;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.engine.program.Target;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.MatrixRoutine;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Operations on ND4J's arrays, large ones cut along the first axis of their result, products along both, into panels that
 * several threads compute. Where it cuts depends on the sizes alone, and each panel is computed by one thread, so that results are the
 * same to the last bit for any number of threads; OpenBLAS with threads of its own adds in another order from sums of
 * about 700 terms on.
 */
final class PanelTarget implements Target<INDArray> {
    /** Enough for as many threads to share evenly; more cost a dispatch of some microseconds each. */
    private static final int PANELS = 8;

    /** Elements that an operation writes, or products that it adds, from which panels pay: about 50 microseconds. */
    private static final long ELEMENTS = 1 << 16;

    private static final long PRODUCTS = 1 << 20;

    /** Numbers that are added in loops of ours, from which panels pay. */
    private static final long SUMS = 1 << 15;

    /** Columns from which sums over rows are cut: a panel of a few would read a few numbers of each row. */
    private static final long COLUMNS = 512;

    private final Nd4jTarget single = new Nd4jTarget();
    private final int threads;

    /** @param threads that run the panels of an operation */
    PanelTarget(int threads) {
        this.threads = threads;
    }

    /** A range of the first axis of a result. */
    private record Panel(long from, long size) {
        /** The part of an operand that goes into this part of the result; an axis of size 1 is repeated. */
        INDArray of(INDArray array) {
            return array.rank() == 0 || array.size(0) == 1 ? array : along(array, 0);
        }

        INDArray along(INDArray array, int axis) {
            Shape whole = Shape.of(array.shape());
            List<Long> starts = new ArrayList<>();
            for (int i = 0; i < whole.rank(); i++) {
                starts.add(i == axis ? from : 0L);
            }
            return NativeArrays.block(array, whole, starts, whole.with(axis, size));
        }
    }

    private Step cut(INDArray z, boolean large, Function<Panel, Step> part) {
        return cut(z.rank() == 0 ? 1 : z.size(0), large, part);
    }

    private Step cut(long rows, boolean large, Function<Panel, Step> part) {
        if (!large || rows == 1) {
            return part.apply(new Panel(0, rows));
        }
        long panels = Math.min(rows, PANELS);
        List<Step> steps = new ArrayList<>();
        for (long panel = 0; panel < panels; panel++) {
            long from = rows * panel / panels;
            steps.add(part.apply(new Panel(from, rows * (panel + 1) / panels - from)));
        }
        return new Panels(steps, threads);
    }

    /** The same operation on parts of its result. */
    private record Panels(List<Step> steps, int threads) implements Step {
        @Override
        public void run() {
            Workers.run(
                    steps.size(),
                    1,
                    threads,
                    () -> (first, count) -> steps.get((int) first).run());
        }

        @Override
        public void close() {
            steps.forEach(Step::close);
        }
    }

    private Step elementwise(INDArray z, Function<Panel, Step> part) {
        return cut(z, z.length() >= ELEMENTS, part);
    }

    @Override
    public Step scalar(Kernel kernel, List<INDArray> operands, INDArray z) {
        return elementwise(
                z,
                panel -> single.scalar(kernel, operands.stream().map(panel::of).toList(), panel.of(z)));
    }

    @Override
    public Step named(String kernel, INDArray x, INDArray z) {
        return elementwise(z, panel -> single.named(kernel, panel.of(x), panel.of(z)));
    }

    @Override
    public Step cast(INDArray x, INDArray z, DType from, DType to) {
        return elementwise(z, panel -> single.cast(panel.of(x), panel.of(z), from, to));
    }

    @Override
    public Step reduce(Kernels.Reduction reduction, INDArray x, INDArray z, List<Integer> axes) {
        if (RowSteps.canColumns(x, z, axes)) {
            boolean large = x.length() >= SUMS && z.length() >= COLUMNS;
            return cut(z.length(), large, panel -> RowSteps.columns(reduction, x, z, panel.from(), panel.size()));
        }
        if (RowSteps.canRows(x, z, axes)) {
            return cut(
                    z.length(),
                    x.length() >= SUMS,
                    panel -> RowSteps.rows(reduction, x, z, panel.from(), panel.size()));
        }
        return axes.contains(0)
                ? single.reduce(reduction, x, z, axes)
                : cut(z, x.length() >= ELEMENTS, panel -> single.reduce(reduction, panel.of(x), panel.of(z), axes));
    }

    @Override
    public Step argMax(INDArray x, INDArray z, int axis) {
        return single.argMax(x, z, axis);
    }

    @Override
    public Step index(INDArray x, INDArray z, IndexCheck check) {
        return single.index(x, z, check);
    }

    @Override
    public Step permute(INDArray x, INDArray z, List<Integer> axes) {
        return elementwise(z, panel -> single.permute(panel.along(x, axes.get(0)), panel.of(z), axes));
    }

    @Override
    public Step broadcast(INDArray x, INDArray z) {
        return elementwise(z, panel -> single.broadcast(panel.of(x), panel.of(z)));
    }

    @Override
    public Step slice(INDArray x, INDArray z, List<Long> starts) {
        return elementwise(z, panel -> {
            List<Long> from = new ArrayList<>(starts);
            from.set(0, starts.get(0) + panel.from());
            return single.slice(x, panel.of(z), from);
        });
    }

    @Override
    public Step pad(INDArray x, INDArray z, List<Long> before) {
        return Nd4jSteps.sequence(elementwise(z, panel -> Nd4jSteps.zero(panel.of(z))), single.fill(x, z, before));
    }

    @Override
    public Step concat(List<INDArray> parts, INDArray z, int axis) {
        return axis == 0
                ? single.concat(parts, z, axis)
                : elementwise(
                        z, panel -> single.concat(parts.stream().map(panel::of).toList(), panel.of(z), axis));
    }

    @Override
    public Step gather(INDArray x, INDArray positions, INDArray z, int axis, Indices indices) {
        return single.gather(x, positions, z, axis, indices);
    }

    @Override
    public Step scatterAdd(INDArray x, INDArray positions, INDArray z, Indices indices) {
        return single.scatterAdd(x, positions, z, indices);
    }

    @Override
    public Step lookup(INDArray x, INDArray positions, INDArray z, int axis) {
        return single.lookup(x, positions, z, axis);
    }

    @Override
    public Step addAt(INDArray x, INDArray positions, INDArray z, int axis) {
        return single.addAt(x, positions, z, axis);
    }

    @Override
    public Step product(INDArray a, INDArray b, INDArray z, boolean transposeA, boolean transposeB) {
        if (NativeProduct.can(a, z)) {
            return products(List.of(new NativeProduct.Factors(a, b, transposeA, transposeB, 1, false)), z);
        }
        long summed = a.size(transposeA ? a.rank() - 2 : a.rank() - 1);
        boolean stack = z.rank() > 2;
        return cut(
                z,
                z.length() * summed >= PRODUCTS,
                panel -> single.product(
                        stack ? panel.of(a) : panel.along(a, transposeA ? 1 : 0),
                        stack ? panel.of(b) : b,
                        panel.of(z),
                        transposeA,
                        transposeB));
    }

    @Override
    public Step summedProducts(List<Operation.Term> terms, List<INDArray> factors, INDArray z) {
        List<NativeProduct.Factors> products = new ArrayList<>();
        for (Operation.Term term : terms) {
            int next = 2 * products.size();
            products.add(new NativeProduct.Factors(
                    factors.get(next),
                    factors.get(next + 1),
                    term.product().transposeA(),
                    term.product().transposeB(),
                    term.scale(),
                    term.symmetric()));
        }
        return products(products, z);
    }

    @Override
    public Step addInto(INDArray x, Strides places, INDArray z) {
        return StridedSum.of(x, places, z);
    }

    private Step products(List<NativeProduct.Factors> terms, INDArray z) {
        List<Step> blocks = ProductBlocks.of(terms, z);
        return blocks.size() == 1 ? blocks.get(0) : new Panels(blocks, threads);
    }

    @Override
    public Step matrices(MatrixRoutine routine, List<INDArray> operands, INDArray z) {
        return single.matrices(routine, operands, z);
    }

    @Override
    public Step cumulativeSum(INDArray x, INDArray z, int axis, boolean exclusive, boolean reverse) {
        return single.cumulativeSum(x, z, axis, exclusive, reverse);
    }

    @Override
    public Step repeat(LoopBody body, List<INDArray> operands, INDArray z) {
        return NativeLoop.of(body, this, operands, z);
    }
}

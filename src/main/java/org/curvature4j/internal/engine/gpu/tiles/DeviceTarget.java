package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.internal.engine.program.Target;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Kernels;

/** Operations on arrays of a device, as kernels. */
final class DeviceTarget implements Target<DeviceArray> {
    private final ProgramCode code;
    private final ElementwiseKernels elementwise;
    private final Reductions reductions;

    DeviceTarget(ProgramCode code, Spelling spelling) {
        this.code = code;
        this.elementwise = new ElementwiseKernels(code, spelling);
        this.reductions = new Reductions(code, spelling);
    }

    @Override
    public Launches scalar(Kernel kernel, List<DeviceArray> operands, DeviceArray z) {
        return elementwise.scalar(kernel, operands, z);
    }

    @Override
    public Launches joined(List<Operation.Member> members, List<DeviceArray> inputs, DeviceArray z) {
        return elementwise.joined(members, inputs, z);
    }

    @Override
    public Launches cast(DeviceArray x, DeviceArray z, DType from, DType to) {
        return elementwise.cast(x, z);
    }

    /** sum + weight x, rounded twice. */
    Launches added(DeviceArray sum, DeviceArray x, double weight) {
        return elementwise.added(sum, x, weight);
    }

    @Override
    public Launches permute(DeviceArray x, DeviceArray z, List<Integer> axes) {
        Strides view = x.strides().axes(axes);
        TransposeText transpose = Axes.of(view).transpose(x.held());
        return transpose == null || x.uniform() != null
                ? elementwise.copy(x, view, z, z.strides())
                : transposed(transpose, x.place(), z.place());
    }

    /** Each matrix of a stack transposed. */
    Launches transposed(TransposeText text, long from, long to) {
        return text.blocks() == 0
                ? Launches.NONE
                : Launches.of(
                        new Launch(code.entry(text.text()), text.blocks(), TransposeText.THREADS, List.of(from, to)));
    }

    @Override
    public Launches broadcast(DeviceArray x, DeviceArray z) {
        return elementwise.copy(x, x.strides().broadcast(z.shape()), z, z.strides());
    }

    @Override
    public Launches slice(DeviceArray x, DeviceArray z, List<Long> starts) {
        return elementwise.copy(x, x.strides().block(starts, z.shape()), z, z.strides());
    }

    @Override
    public Launches pad(DeviceArray x, DeviceArray z, List<Long> before) {
        Launches block = elementwise.copy(x, x.strides(), z, z.strides().block(before, x.shape()));
        return Launches.joined(List.of(fill(z, 0), block));
    }

    /** All elements the same. */
    Launches fill(DeviceArray z, double number) {
        return broadcast(DeviceArray.constant(code, Shape.SCALAR, z.dtype(), number), z);
    }

    @Override
    public Launches concat(List<DeviceArray> parts, DeviceArray z, int axis) {
        List<Launches> copies = new ArrayList<>();
        long start = 0;
        for (DeviceArray part : parts) {
            long size = part.shape().dim(axis);
            copies.add(elementwise.copy(part, part.strides(), z, z.strides().slice(axis, start, size)));
            start += size;
        }
        return Launches.joined(copies);
    }

    @Override
    public Launches reduce(Kernels.Reduction reduction, DeviceArray x, DeviceArray z, List<Integer> axes) {
        boolean sum = reduction == Kernels.Reduction.SUM;
        if (z.shape().size() == 0) {
            return Launches.NONE;
        } else if (x.shape().size() == 0) {
            return fill(z, sum ? 0 : Double.NEGATIVE_INFINITY);
        }
        return new Launches(reductions.of(x.held(), sum, x.place(), x.shape(), axes, z.place()));
    }

    @Override
    public Launches argMax(DeviceArray x, DeviceArray z, int axis) {
        AxisText text = AxisText.of(x.held(), x.shape(), axis);
        return over(text.walks(), z, text::argMax, x.place(), z.place());
    }

    /** A kernel for a result that isn't empty. */
    private Launches over(long threads, DeviceArray z, java.util.function.Supplier<String> text, Long... places) {
        return z.shape().size() == 0
                ? Launches.NONE
                : Launches.of(Launch.over(code.entry(text.get()), threads, places));
    }

    @Override
    public Launches index(DeviceArray x, DeviceArray z, IndexCheck check) {
        if (z.shape().size() == 0) {
            return Launches.NONE;
        }
        IndexText text = new IndexText(x.held(), check, z.shape().size());
        long mark = code.mark(check);
        return Launches.of(
                Launch.over(code.entry(text.checks()), z.shape().size(), x.place(), z.place(), mark),
                Launch.over(code.entry(text.keep()), 1, x.place(), mark, mark + Long.BYTES));
    }

    @Override
    public Launches cumulativeSum(DeviceArray x, DeviceArray z, int axis, boolean exclusive, boolean reverse) {
        AxisText text = AxisText.of(x.held(), x.shape(), axis);
        return over(text.walks(), z, () -> text.runningSum(exclusive, reverse), x.place(), z.place());
    }

    @Override
    public Launches gather(DeviceArray x, DeviceArray positions, DeviceArray z, int axis, Indices indices) {
        AxisText text = AxisText.of(x.held(), x.shape(), axis);
        return over(z.shape().size(), z, () -> text.gather(indices.count()), x.place(), positions.place(), z.place());
    }

    @Override
    public Launches scatterAdd(DeviceArray x, DeviceArray positions, DeviceArray z, Indices indices) {
        Slices slices = Slices.of(indices, Math.toIntExact(z.shape().dim(0)));
        AxisText text = AxisText.of(x.held(), z.shape(), 0);
        return over(
                z.shape().size(),
                z,
                text::scatterAdd,
                x.place(),
                constant(slices.starts()),
                constant(slices.numbers()),
                z.place());
    }

    @Override
    public Launches lookup(DeviceArray x, DeviceArray positions, DeviceArray z, int axis) {
        LookupText text = LookupText.of(x.strides(), positions.strides(), z.strides(), axis);
        return over(z.shape().size(), z, text::lookup, x.place(), positions.place(), z.place());
    }

    @Override
    public Launches addAt(DeviceArray x, DeviceArray positions, DeviceArray z, int axis) {
        LookupText text = LookupText.of(z.strides(), positions.strides(), x.strides(), axis);
        return over(z.shape().size(), z, text::addAt, x.place(), positions.place(), z.place());
    }

    private long constant(double... numbers) {
        return DeviceArray.constant(code, Shape.of(numbers.length), DType.FLOAT64, numbers)
                .place();
    }

    @Override
    public Launches product(DeviceArray a, DeviceArray b, DeviceArray z, boolean transposeA, boolean transposeB) {
        int rank = z.shape().rank();
        long stack = rank == 3 ? z.shape().dim(0) : 1;
        long rows = z.shape().dim(rank - 2);
        long columns = z.shape().dim(rank - 1);
        long terms = a.shape().dim(transposeA ? rank - 2 : rank - 1);
        if (z.shape().size() == 0 || terms == 0) {
            return fill(z, 0);
        }
        ProductText text = ProductText.of(z.held(), transposeA, transposeB, stack, rows, columns, terms);
        String entry = code.entry(text.text());
        long parts = text.pieces() * z.shape().size();
        long to = text.apart() ? code.takeScratch(parts * z.held().bytes()) : z.place();
        Launch product = new Launch(entry, text.blocks(), ProductText.THREADS, List.of(a.place(), b.place(), to));
        return text.apart()
                ? Launches.of(
                        product,
                        reductions.inOrder(
                                z.held(), to, text.pieces(), z.shape().size(), z.place()))
                : Launches.of(product);
    }

    @Override
    public Launches contract(Einsum einsum, boolean symmetric, DeviceArray a, DeviceArray b, DeviceArray z) {
        ContractionText text = new ContractionText(z.held(), einsum, symmetric, a.shape(), b.shape(), z.shape());
        return z.shape().size() == 0
                ? Launches.NONE
                : Launches.of(new Launch(
                        code.entry(text.text()),
                        (text.threads() + ContractionText.THREADS - 1) / ContractionText.THREADS,
                        ContractionText.THREADS,
                        List.of(a.place(), b.place(), z.place())));
    }
}

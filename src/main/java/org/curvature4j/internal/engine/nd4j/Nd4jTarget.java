package org.curvature4j.internal.engine.nd4j;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.code.Blockwise;
import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.program.LoopBody;
import org.curvature4j.internal.engine.program.MatrixSteps;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.engine.program.Target;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.MatrixRoutine;
import org.curvature4j.op.Nd4jKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Operations on ND4J's arrays, by its kernels. */
final class Nd4jTarget implements Target<INDArray> {
    private final MatrixSteps matrices = new MatrixSteps();

    @Override
    public Step scalar(Kernel kernel, List<INDArray> operands, INDArray z) {
        INDArray first = operands.get(0);
        if (kernel instanceof Comparison comparison) {
            return Nd4jSteps.custom(Nd4jKernels.name(comparison), operands, z);
        } else if (kernel instanceof Elementwise operation) {
            Blockwise function = BlockSteps.can(z) ? JavaDialect.overArrays(operation) : null;
            if (function != null) {
                return BlockSteps.of(function, first, z);
            }
            String name = requireNonNull(Nd4jKernels.name(operation));
            return operands.size() == 1 ? Nd4jSteps.transform(name, first, z) : Nd4jSteps.custom(name, operands, z);
        }
        return BlockSteps.can(z)
                ? BlockSteps.select(first, operands.get(1), operands.get(2), z)
                : Nd4jSteps.custom("select", operands, z);
    }

    @Override
    public Step named(String kernel, INDArray x, INDArray z) {
        return Nd4jSteps.transform(kernel, x, z);
    }

    @Override
    public Step cast(INDArray x, INDArray z, DType from, DType to) {
        return Nd4jSteps.custom("cast", List.of(x), z, NativeArrays.dataType(to).toInt());
    }

    @Override
    public Step reduce(Kernels.Reduction reduction, INDArray x, INDArray z, List<Integer> axes) {
        return Nd4jSteps.reduce(reduction, x, z, ints(axes));
    }

    @Override
    public Step argMax(INDArray x, INDArray z, int axis) {
        return Nd4jSteps.argMax(List.of(x), z, axis);
    }

    @Override
    public Step index(INDArray x, INDArray z, IndexCheck check) {
        return () -> {
            double[] indices = HostArray.numbers(check.operation(), x);
            for (int i = 0; i < indices.length; i++) {
                indices[i] = check.checked(indices[i]);
            }
            try (INDArray checked = HostArray.copyOf(indices, z.dataType(), z.shape())) {
                z.assign(checked);
            }
        };
    }

    @Override
    public Step permute(INDArray x, INDArray z, List<Integer> axes) {
        return Nd4jSteps.copy(x.permute(ints(axes)), z);
    }

    @Override
    public Step broadcast(INDArray x, INDArray z) {
        return Nd4jSteps.copy(x, z);
    }

    @Override
    public Step slice(INDArray x, INDArray z, List<Long> starts) {
        return Nd4jSteps.copy(NativeArrays.block(x, shape(x), starts, shape(z)), z);
    }

    @Override
    public Step pad(INDArray x, INDArray z, List<Long> before) {
        return Nd4jSteps.sequence(Nd4jSteps.zero(z), fill(x, z, before));
    }

    /** Writes a block of a result. */
    Step fill(INDArray x, INDArray z, List<Long> before) {
        return Nd4jSteps.copy(x, NativeArrays.block(z, shape(z), before, shape(x)));
    }

    @Override
    public Step concat(List<INDArray> parts, INDArray z, int axis) {
        Shape whole = shape(z);
        List<Long> from = new ArrayList<>(Collections.nCopies(whole.rank(), 0L));
        List<Step> copies = new ArrayList<>();
        for (INDArray part : parts) {
            if (!part.isEmpty()) {
                copies.add(Nd4jSteps.copy(part, NativeArrays.block(z, whole, from, shape(part))));
                from.set(axis, from.get(axis) + part.size(axis));
            }
        }
        return Nd4jSteps.sequence(copies);
    }

    @Override
    public Step gather(INDArray x, INDArray positions, INDArray z, int axis, Indices indices) {
        return Nd4jSteps.custom("gather", List.of(x, positions), z, axis);
    }

    @Override
    public Step scatterAdd(INDArray x, INDArray positions, INDArray z, Indices indices) {
        return Nd4jSteps.scatterAdd(List.of(x, positions), z);
    }

    @Override
    public Step lookup(INDArray x, INDArray positions, INDArray z, int axis) {
        return LookupSteps.lookup(x, positions, z, axis);
    }

    @Override
    public Step addAt(INDArray x, INDArray positions, INDArray z, int axis) {
        return LookupSteps.addAt(x, positions, z, axis);
    }

    @Override
    public Step product(INDArray a, INDArray b, INDArray z, boolean transposeA, boolean transposeB) {
        return Nd4jSteps.custom("matmul", List.of(a, b), z, transposeA ? 1 : 0, transposeB ? 1 : 0, 0);
    }

    @Override
    public Step matrices(MatrixRoutine routine, List<INDArray> operands, INDArray z) {
        return matrices.step(routine, operands.stream().map(Nd4jTarget::matrix).toList(), matrix(z));
    }

    private static MatrixSteps.Operand matrix(INDArray array) {
        return new MatrixSteps.Operand(new NativeNumbers(array), shape(array));
    }

    @Override
    public Step cumulativeSum(INDArray x, INDArray z, int axis, boolean exclusive, boolean reverse) {
        return Nd4jSteps.custom("cumsum", List.of(x), z, exclusive ? 1 : 0, reverse ? 1 : 0, axis);
    }

    @Override
    public Step repeat(LoopBody body, List<INDArray> operands, INDArray z) {
        return NativeLoop.of(body, this, operands, z);
    }

    private static Shape shape(INDArray array) {
        return Shape.of(array.shape());
    }

    private static int[] ints(List<Integer> axes) {
        return axes.stream().mapToInt(axis -> axis).toArray();
    }
}

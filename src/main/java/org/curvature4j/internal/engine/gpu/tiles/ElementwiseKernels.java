package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.gpu.tiles.ElementwiseText.Operand;
import org.curvature4j.internal.engine.gpu.tiles.ElementwiseText.Term;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Select;

/** Prepares kernels that compute, or copy, each element by itself. */
final class ElementwiseKernels {
    private final ProgramCode code;
    private final Spelling spelling;

    ElementwiseKernels(ProgramCode code, Spelling spelling) {
        this.code = code;
        this.spelling = spelling;
    }

    /** How an array is read: an element for each of the result's. */
    private record Read(DeviceArray array, Strides view) {}

    private Launches launches(List<Read> reads, List<Term> terms, DeviceArray z, Strides result) {
        long size = result.shape().size();
        if (size == 0) {
            return Launches.NONE;
        }
        List<Operand> operands = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        for (Read read : reads) {
            Double uniform = read.array.uniform();
            operands.add(new Operand(read.array.dtype(), uniform, read.view));
            if (uniform == null) {
                places.add(read.array.place(read.view.first()));
            }
        }
        places.add(z.place(result.first()));
        String text = new ElementwiseText(spelling, operands, terms, result, z.held()).text();
        return Launches.of(Launch.over(code.entry(text), size, places.toArray(Long[]::new)));
    }

    /** Copies the elements of one view to those of another, whose shape is the same. */
    Launches copy(DeviceArray x, Strides view, DeviceArray z, Strides result) {
        return launches(List.of(new Read(x, view)), List.of(), z, result);
    }

    /** A kernel of operands that broadcast. */
    Launches scalar(Kernel kernel, List<DeviceArray> operands, DeviceArray z) {
        List<Read> reads = operands.stream()
                .map(x -> new Read(x, x.strides().broadcast(z.shape())))
                .toList();
        List<DType> types = operands.stream().map(DeviceArray::dtype).toList();
        List<Integer> all = IntStream.range(0, operands.size()).boxed().toList();
        return launches(reads, List.of(new Term(kernel, numbers(kernel, types), all)), z, z.strides());
    }

    Launches cast(DeviceArray x, DeviceArray z) {
        Term term = new Term(new Cast(z.dtype()), x.dtype(), List.of(0));
        return launches(List.of(new Read(x, x.strides())), List.of(term), z, z.strides());
    }

    /** sum + weight x, rounded twice, into the sum. */
    Launches added(DeviceArray sum, DeviceArray x, double weight) {
        DType type = sum.dtype();
        DeviceArray factor = DeviceArray.constant(code, Shape.SCALAR, type, weight);
        List<Read> reads = List.of(
                new Read(sum, sum.strides()),
                new Read(x, x.strides()),
                new Read(factor, factor.strides().broadcast(sum.shape())));
        List<Term> terms = List.of(
                new Term(new Cast(type), x.dtype(), List.of(1)),
                new Term(Elementwise.MUL, type, List.of(2, -1)),
                new Term(Elementwise.ADD, type, List.of(0, -2)));
        return launches(reads, terms, sum, sum.strides());
    }

    /** The type of what a kernel computes with. */
    private static DType numbers(Kernel kernel, List<DType> operands) {
        return operands.get(kernel instanceof Select ? 1 : 0);
    }

    /** Several operations in one pass. */
    Launches joined(List<Operation.Member> members, List<DeviceArray> inputs, DeviceArray z) {
        List<Read> reads = new ArrayList<>();
        List<Term> terms = new ArrayList<>();
        // For each member the number by which terms know its result.
        List<Integer> results = new ArrayList<>();
        for (Operation.Member member : members) {
            Kernel kernel = kernel(member.operation());
            if (kernel == null) {
                results.add(
                        number(reads, moved(member, inputs.get(member.operands().get(0)))));
                continue;
            }
            List<Integer> operands = new ArrayList<>();
            List<DType> types = new ArrayList<>();
            for (int operand : member.operands()) {
                if (operand >= 0) {
                    DeviceArray x = inputs.get(operand);
                    types.add(x.dtype());
                    operands.add(number(
                            reads,
                            new Read(x, x.strides().broadcast(member.type().shape()))));
                } else {
                    types.add(members.get(-operand - 1).type().dtype());
                    operands.add(results.get(-operand - 1));
                }
            }
            terms.add(new Term(kernel, numbers(kernel, types), operands));
            results.add(-terms.size());
        }
        return launches(reads, terms, z, z.strides());
    }

    private static @org.jspecify.annotations.Nullable Kernel kernel(Operation operation) {
        if (operation instanceof Operation.Scalar scalar) {
            return scalar.kernel();
        }
        return operation instanceof Operation.Cast cast ? new Cast(cast.to()) : null;
    }

    /** The number of a read; of equal ones the same. */
    private static int number(List<Read> reads, Read read) {
        for (int i = 0; i < reads.size(); i++) {
            Read other = reads.get(i);
            boolean same = other.array.equals(read.array)
                    && other.view.shape().equals(read.view.shape())
                    && other.view.first() == read.view.first()
                    && java.util.Arrays.equals(other.view.steps(), read.view.steps());
            if (same) {
                return i;
            }
        }
        reads.add(read);
        return reads.size() - 1;
    }

    private static Read moved(Operation.Member member, DeviceArray x) {
        return new Read(x, moved(member.operation(), x, member.type().shape()));
    }

    /** An array as an operation that moves elements gives it. */
    static Strides moved(Operation operation, DeviceArray x, Shape shape) {
        if (operation instanceof Operation.Permute permute) {
            return x.strides().axes(permute.axes());
        } else if (operation instanceof Operation.Slice slice) {
            return x.strides().block(slice.starts(), shape);
        }
        return x.strides().broadcast(shape);
    }
}

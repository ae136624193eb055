package org.curvature4j.internal.engine.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Elementwise;
import org.jspecify.annotations.Nullable;

/**
 * Has matrix products that are only scaled, or added to each other, computed into one array, as a library for matrices
 * can: a pass over a large array, or three, costs nothing then. And has only half of a product computed whose other half
 * is the same.
 */
final class SummedProducts {
    /** Terms of a sum: all their factors have to be there at once. */
    private static final int MOST = 2;

    private final Set<Slot> lasting;
    private final Factors factors;
    private final Map<Slot, Integer> readers;
    private final Map<Slot, Instruction> products = new HashMap<>();
    private final Set<Instruction> gone = new HashSet<>();

    private SummedProducts(List<Instruction> instructions, Set<Slot> lasting) {
        this.lasting = lasting;
        this.readers = Liveness.readers(instructions);
        Map<Slot, Instruction> makers = new HashMap<>();
        this.factors = new Factors(makers);
        for (Instruction instruction : instructions) {
            makers.put(instruction.output(), instruction);
        }
    }

    /**
     * The same computation with fewer passes.
     *
     * @param instructions in the order in which they run
     * @param lasting slots that others read
     */
    static List<Instruction> of(List<Instruction> instructions, Set<Slot> lasting) {
        return new SummedProducts(instructions, lasting).join(instructions);
    }

    private List<Instruction> join(List<Instruction> instructions) {
        List<Instruction> result = new ArrayList<>();
        for (Instruction instruction : instructions) {
            Instruction joined = joined(instruction);
            if (joined.operation() instanceof Operation.SummedProducts) {
                products.put(joined.output().root(), joined);
            }
            result.add(joined);
        }
        result.removeIf(gone::contains);
        return Liveness.needed(result, lasting);
    }

    private Instruction joined(Instruction instruction) {
        if (isMatrixProduct(instruction)) {
            return product(instruction);
        } else if (instruction.operation().equals(new Operation.Scalar(Elementwise.MUL))) {
            return scaled(instruction);
        }
        return instruction.operation().equals(new Operation.Scalar(Elementwise.ADD)) ? sum(instruction) : instruction;
    }

    private static boolean isMatrixProduct(Instruction instruction) {
        TensorType type = instruction.output().type();
        return instruction.operation() instanceof Operation.Product
                && instruction.output() == instruction.output().root()
                && type.rank() == 2
                && type.dtype() == DType.FLOAT64
                && type.size() > 0
                && instruction.inputs().get(0).type().size() > 0;
    }

    private Instruction product(Instruction instruction) {
        Operation.Product product = (Operation.Product) instruction.operation();
        Slot a = instruction.inputs().get(0);
        Slot b = instruction.inputs().get(1);
        Factors.Ratio ratio = product.transposeA() == product.transposeB() ? null : factors.ratio(a, b);
        if (ratio == null
                || ratio.shape().rank() == 0
                || ratio.shape().dim(0) != a.type().shape().dim(0)
                || !ratio.isSameAlong(axis -> axis == 0 ? product.transposeB() : product.transposeA())) {
            return single(instruction, new Operation.Term(product, 1, false), a, b);
        }
        Double more = ratio.second().isEmpty() ? scale(ratio.first()) : null;
        Double less = ratio.first().isEmpty() ? scale(ratio.second()) : null;
        if (more != null && isNormal(more)) {
            return single(instruction, new Operation.Term(product, more, true), b, b);
        }
        return less != null && isNormal(less)
                ? single(instruction, new Operation.Term(product, less, true), a, a)
                : single(instruction, new Operation.Term(product, 1, true), a, b);
    }

    private static Instruction single(Instruction instruction, Operation.Term term, Slot a, Slot b) {
        return new Instruction(new Operation.SummedProducts(List.of(term)), List.of(a, b), instruction.output());
    }

    /** The number that all factors make; null where one isn't known. */
    private static @Nullable Double scale(List<Slot> factors) {
        double scale = 1;
        for (Slot factor : factors) {
            Double number = Factors.number(factor);
            if (number == null) {
                return null;
            }
            scale *= number;
        }
        return scale;
    }

    /** By a number, that of a term: where the number's product with the term's own is as exact as any. */
    private Instruction scaled(Instruction instruction) {
        for (int i = 0; i < 2; i++) {
            Double number = Factors.number(instruction.inputs().get(i));
            Instruction product = product(instruction, 1 - i);
            if (number != null && product != null) {
                List<Operation.Term> terms = ((Operation.SummedProducts) product.operation())
                        .terms().stream().map(term -> term.times(number)).toList();
                if (terms.stream().allMatch(term -> isNormal(term.scale()))) {
                    gone.add(product);
                    return into(instruction.output(), product, terms, product.inputs());
                }
            }
        }
        return instruction;
    }

    private static boolean isNormal(double scale) {
        return Math.abs(scale) >= Double.MIN_NORMAL && Math.abs(scale) <= Double.MAX_VALUE;
    }

    private Instruction sum(Instruction instruction) {
        Instruction first = product(instruction, 0);
        Instruction second = product(instruction, 1);
        if (first == null
                || second == null
                || !first.output().type().equals(second.output().type())) {
            return instruction;
        }
        List<Operation.Term> terms = new ArrayList<>(((Operation.SummedProducts) first.operation()).terms());
        terms.addAll(((Operation.SummedProducts) second.operation()).terms());
        if (terms.size() > MOST) {
            return instruction;
        }
        gone.add(first);
        gone.add(second);
        List<Slot> operands = new ArrayList<>(first.inputs());
        operands.addAll(second.inputs());
        return into(instruction.output(), first, terms, operands);
    }

    /** Products written where the result of an instruction goes, which may have other axes. */
    private static Instruction into(Slot output, Instruction like, List<Operation.Term> terms, List<Slot> operands) {
        return new Instruction(
                new Operation.SummedProducts(terms),
                operands,
                output.inside(like.output().type().shape(), 0));
    }

    /** The products that an operand is, element for element of the result, if nobody else reads them. */
    private @Nullable Instruction product(Instruction instruction, int operand) {
        Slot slot = instruction.inputs().get(operand);
        Slot root = slot.root();
        Instruction product = products.get(root);
        boolean alone = readers.getOrDefault(root, 0) == 1 && !lasting.contains(root);
        long size = instruction.output().type().size();
        return alone && slot.type().size() == root.type().size() && root.type().size() == size ? product : null;
    }
}

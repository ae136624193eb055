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
import org.nd4j.linalg.factory.Nd4j;

/**
 * Has two matrix products that are only added to each other computed into one array, as the two terms of a derivative of a
 * product: the sum, a pass over three arrays, costs nothing then.
 */
final class AddedProducts {
    private final Map<Slot, Instruction> products = new HashMap<>();
    private final Map<Slot, Integer> uses = new HashMap<>();
    private final Set<Instruction> joined = new HashSet<>();

    private AddedProducts() {}

    /**
     * The same computation with fewer sums; as it is where a backend other than the CPU's computes it.
     *
     * @param instructions in the order in which they run
     * @param lasting slots that others read
     */
    static List<Instruction> joined(List<Instruction> instructions, Set<Slot> lasting) {
        return Nd4j.getEnvironment().isCPU() ? new AddedProducts().join(instructions, lasting) : instructions;
    }

    private List<Instruction> join(List<Instruction> instructions, Set<Slot> lasting) {
        for (Instruction instruction : instructions) {
            Slot output = instruction.output();
            if (isMatrixProduct(instruction) && output == output.root() && !lasting.contains(output)) {
                products.put(output, instruction);
            }
            instruction.inputs().forEach(input -> uses.merge(input.root(), 1, Integer::sum));
        }
        Map<Instruction, Instruction> sums = new HashMap<>();
        for (Instruction instruction : instructions) {
            Instruction sum = sum(instruction);
            if (sum != null) {
                sums.put(instruction, sum);
            }
        }
        List<Instruction> result = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (!joined.contains(instruction)) {
                result.add(sums.getOrDefault(instruction, instruction));
            }
        }
        return result;
    }

    private static boolean isMatrixProduct(Instruction instruction) {
        TensorType type = instruction.output().type();
        return instruction.operation() instanceof Operation.Product
                && type.rank() == 2
                && type.dtype() == DType.FLOAT64
                && type.size() > 0
                && instruction.inputs().get(0).type().size() > 0;
    }

    private @Nullable Instruction sum(Instruction instruction) {
        if (!instruction.operation().equals(new Operation.Scalar(Elementwise.ADD))) {
            return null;
        }
        Instruction first = product(instruction, 0);
        Instruction second = product(instruction, 1);
        if (first == null || second == null) {
            return null;
        }
        joined.add(first);
        joined.add(second);
        List<Slot> factors = new ArrayList<>(first.inputs());
        factors.addAll(second.inputs());
        Operation both = new Operation.AddedProducts(
                (Operation.Product) first.operation(), (Operation.Product) second.operation());
        return new Instruction(both, factors, instruction.output());
    }

    /** The product that a term of a sum is, if it has the sum's shape and nobody else reads it. */
    private @Nullable Instruction product(Instruction sum, int term) {
        Slot slot = sum.inputs().get(term);
        boolean alone = uses.getOrDefault(slot.root(), 0) == 1;
        return alone && slot.type().equals(sum.output().type()) ? products.get(slot) : null;
    }
}

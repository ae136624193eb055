package org.curvature4j.internal.engine.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has elementwise operations computed together with the one that reads their result, where nothing else does: what is in
 * between stays in registers. What only moves elements, too, becomes a way of reading.
 */
final class JoinedElementwise {
    /** Operations joined at most: more of them would need more registers than there are. */
    private static final int MOST = 32;

    private final Set<Slot> lasting;
    private final Map<Slot, Integer> readers = new HashMap<>();
    private final Map<Slot, Instruction> makers = new HashMap<>();
    private final Set<Instruction> gone = new HashSet<>();

    private JoinedElementwise(Set<Slot> lasting) {
        this.lasting = lasting;
    }

    /**
     * The same computation in fewer steps.
     *
     * @param instructions in the order in which they run
     * @param lasting slots that others read
     */
    static List<Instruction> of(List<Instruction> instructions, Set<Slot> lasting) {
        return new JoinedElementwise(lasting).join(instructions);
    }

    private List<Instruction> join(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            instruction.inputs().stream()
                    .map(Slot::root)
                    .distinct()
                    .forEach(root -> readers.merge(root, 1, Integer::sum));
        }
        List<Instruction> result = new ArrayList<>();
        for (Instruction instruction : instructions) {
            Instruction joined = isComputed(instruction) ? joined(instruction) : instruction;
            makers.put(joined.output(), joined);
            result.add(joined);
        }
        result.removeIf(gone::contains);
        return result;
    }

    private static boolean isComputed(Instruction instruction) {
        return instruction.operation() instanceof Operation.Scalar || instruction.operation() instanceof Operation.Cast;
    }

    private static boolean isMoved(Instruction instruction) {
        Operation operation = instruction.operation();
        return operation instanceof Operation.Broadcast
                || operation instanceof Operation.Permute
                || operation instanceof Operation.Slice;
    }

    private Instruction joined(Instruction instruction) {
        Builder builder = new Builder();
        List<Integer> operands = new ArrayList<>();
        boolean any = false;
        for (Slot input : instruction.inputs()) {
            Instruction maker = maker(input, instruction.output(), builder);
            if (maker != null) {
                any = true;
                gone.add(maker);
                operands.add(builder.take(maker));
            } else {
                operands.add(builder.input(input));
            }
        }
        if (!any) {
            return instruction;
        }
        builder.add(instruction.operation(), operands, instruction.output());
        return builder.build(instruction.output());
    }

    /** What makes an operand that nothing else reads, element for element of the result; null if there is no such. */
    private @Nullable Instruction maker(Slot input, Slot output, Builder builder) {
        Slot root = input.root();
        Instruction maker = makers.get(root);
        boolean alone = !lasting.contains(root) && readers.getOrDefault(root, 0) == 1;
        boolean whole = input.type().size() == root.type().size()
                && root.type().size() == output.type().size();
        boolean fits = maker != null
                && (isComputed(maker) || isMoved(maker) || maker.operation() instanceof Operation.Joined)
                && builder.size() + size(maker) < MOST;
        return alone && whole && fits ? maker : null;
    }

    private static int size(Instruction instruction) {
        return instruction.operation() instanceof Operation.Joined joined
                ? joined.members().size()
                : 1;
    }

    /** An instruction while it is put together. A number that isn't negative is an input's, others are members'. */
    private static final class Builder {
        private final List<Slot> inputs = new ArrayList<>();
        private final List<Operation.Member> members = new ArrayList<>();
        private final Map<Slot, Integer> taken = new HashMap<>();

        int size() {
            return members.size();
        }

        int input(Slot slot) {
            int known = inputs.indexOf(slot);
            if (known >= 0) {
                return known;
            }
            inputs.add(slot);
            return inputs.size() - 1;
        }

        int add(Operation operation, List<Integer> operands, Slot output) {
            members.add(new Operation.Member(operation, List.copyOf(operands), output.type()));
            return -members.size();
        }

        /** Adds all that an instruction computes; the number of its result. */
        int take(Instruction instruction) {
            Integer known = taken.get(instruction.output());
            if (known != null) {
                return known;
            }
            List<Integer> own = instruction.inputs().stream().map(this::input).toList();
            int result;
            if (instruction.operation() instanceof Operation.Joined joined) {
                int before = members.size();
                for (Operation.Member member : joined.members()) {
                    List<Integer> operands = member.operands().stream()
                            .map(number -> number >= 0 ? own.get(number) : number - before)
                            .toList();
                    members.add(new Operation.Member(member.operation(), operands, member.type()));
                }
                result = -members.size();
            } else {
                result = add(instruction.operation(), own, instruction.output());
            }
            taken.put(instruction.output(), result);
            return result;
        }

        Instruction build(Slot output) {
            return new Instruction(new Operation.Joined(members), inputs, output);
        }
    }
}

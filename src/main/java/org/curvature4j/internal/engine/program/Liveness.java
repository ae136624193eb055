package org.curvature4j.internal.engine.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** After which instruction the memory of a value is read no more. */
public final class Liveness {
    private final Map<Integer, List<Slot>> dying = new HashMap<>();

    private Liveness() {}

    /** @param instructions in the order in which they run */
    public static Liveness of(List<Instruction> instructions) {
        Map<Slot, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < instructions.size(); i++) {
            for (Slot input : instructions.get(i).inputs()) {
                lastUse.put(input.root(), i);
            }
            lastUse.put(instructions.get(i).output().root(), i);
        }
        Liveness liveness = new Liveness();
        lastUse.forEach((slot, last) -> liveness.dying
                .computeIfAbsent(last, position -> new ArrayList<>())
                .add(slot));
        return liveness;
    }

    /** How often the memory of each value is read. */
    static Map<Slot, Integer> readers(List<Instruction> instructions) {
        Map<Slot, Integer> readers = new HashMap<>();
        for (Instruction instruction : instructions) {
            instruction.inputs().forEach(input -> readers.merge(input.root(), 1, Integer::sum));
        }
        return readers;
    }

    /**
     * The instructions without those whose results nobody reads.
     *
     * @param instructions in the order in which they run
     * @param lasting slots that others read
     */
    static List<Instruction> needed(List<Instruction> instructions, Set<Slot> lasting) {
        Set<Slot> read = new HashSet<>(lasting);
        List<Instruction> needed = new ArrayList<>();
        for (int i = instructions.size() - 1; i >= 0; i--) {
            Instruction instruction = instructions.get(i);
            if (read.contains(instruction.output().root())) {
                instruction.inputs().forEach(input -> read.add(input.root()));
                needed.add(instruction);
            }
        }
        Collections.reverse(needed);
        return needed;
    }

    /** The slots whose last use an instruction is, among them those of inputs and constants. */
    public List<Slot> dying(int instruction) {
        return dying.getOrDefault(instruction, List.of());
    }
}

package org.curvature4j.internal.engine.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** The slots whose last use an instruction is, among them those of inputs and constants. */
    public List<Slot> dying(int instruction) {
        return dying.getOrDefault(instruction, List.of());
    }
}

package org.curvature4j.internal.engine.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Shape;

/**
 * Has the parts of a join, such as those of a gradient, computed where they belong in it, in place of copying them there: a
 * gradient of a million numbers takes a millisecond to copy.
 */
final class Placement {
    private final Set<Slot> movable = new HashSet<>();
    private final Map<Slot, Slot> places = new HashMap<>();

    private Placement() {}

    /**
     * The same computation with fewer copies.
     *
     * @param instructions in the order in which they run
     * @param lasting slots whose memory others know
     */
    static List<Instruction> of(List<Instruction> instructions, Set<Slot> lasting) {
        Placement placement = new Placement();
        instructions.forEach(
                instruction -> placement.movable.add(instruction.output().root()));
        placement.movable.removeAll(lasting);
        List<Instruction> reversed = new ArrayList<>();
        // From the end, so that a join within a join is in its place before its own parts are.
        for (int i = instructions.size() - 1; i >= 0; i--) {
            Instruction instruction = instructions.get(i);
            if (!isOneRunEach(instruction) || !placement.join(instruction, reversed)) {
                reversed.add(instruction);
            }
        }
        Collections.reverse(reversed);
        return reversed.stream()
                .map(instruction -> instruction.moved(placement::place))
                .toList();
    }

    /** Whether each part of a join is one run of memory in it. */
    private static boolean isOneRunEach(Instruction instruction) {
        Shape whole = instruction.output().type().shape();
        return instruction.operation() instanceof Operation.Concat concat
                && java.util.stream.IntStream.range(0, concat.axis()).allMatch(axis -> whole.dim(axis) == 1);
    }

    /** Gives the parts their places and adds copies of those that can't move; false if none can. */
    private boolean join(Instruction join, List<Instruction> reversed) {
        Slot whole = place(join.output());
        List<Instruction> copies = new ArrayList<>();
        boolean moved = false;
        long from = 0;
        for (Slot part : join.inputs()) {
            Slot root = part.root();
            if (movable.contains(root) && part.type().size() == root.type().size()) {
                movable.remove(root);
                places.put(root, whole.inside(root.type().shape(), from));
                moved = true;
            } else if (part.type().size() > 0) {
                Slot target = whole.inside(part.type().shape(), from);
                copies.add(new Instruction(new Operation.Broadcast(), List.of(part), target));
            }
            from += part.type().size();
        }
        if (moved) {
            reversed.addAll(copies);
        }
        return moved;
    }

    private Slot place(Slot slot) {
        Slot place = places.get(slot.root());
        return place == null ? slot : place.inside(slot.type().shape(), slot.offset());
    }
}

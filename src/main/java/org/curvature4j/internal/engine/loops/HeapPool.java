package org.curvature4j.internal.engine.loops;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.internal.engine.program.Instruction;
import org.curvature4j.internal.engine.program.Liveness;
import org.curvature4j.internal.engine.program.Slot;

/**
 * Assigns intermediate values to Java arrays by liveness. Each value has an array to itself and begins at its first
 * element: loops vectorise only where all operands are read at the index that is written.
 */
final class HeapPool {
    private final List<Long> lengths = new ArrayList<>();
    private final NearestFree free = new NearestFree(Comparator.naturalOrder());
    private final Map<Slot, Integer> arrays = new HashMap<>();

    /**
     * @param instructions in the order in which they run
     * @param lasting slots with memory of their own, or read after the last instruction
     */
    static HeapPool assign(List<Instruction> instructions, Set<Slot> lasting) {
        HeapPool pool = new HeapPool();
        Liveness liveness = Liveness.of(instructions);
        for (int i = 0; i < instructions.size(); i++) {
            Slot output = instructions.get(i).output().root();
            if (!lasting.contains(output) && !pool.arrays.containsKey(output)) {
                pool.arrays.put(output, pool.take(output.type().size()));
            }
            for (Slot dead : liveness.dying(i)) {
                Integer array = pool.arrays.get(dead);
                if (array != null) {
                    pool.free.add(pool.lengths.get(array), array);
                }
            }
        }
        return pool;
    }

    /**
     * An array that takes whole cache lines of 64 bytes with its header of 16. Arrays made one after the other then begin
     * at the same place in a line, and vector code that aligns its access to one is aligned to all: a fifth faster.
     */
    static double[] allocate(int length) {
        return new double[(length + 7) / 8 * 8 + 6];
    }

    /** The free array whose length is nearest, made longer if need be. */
    private int take(long length) {
        Integer nearest = free.take(length);
        if (nearest == null) {
            lengths.add(length);
            return lengths.size() - 1;
        }
        lengths.set(nearest, Math.max(lengths.get(nearest), length));
        return nearest;
    }

    /** The number of a value's array, or -1 if it has memory of its own. */
    int array(Slot slot) {
        return arrays.getOrDefault(slot, -1);
    }

    List<double[]> allocate() {
        return lengths.stream().map(length -> allocate(Math.toIntExact(length))).toList();
    }

    long bytes() {
        return Double.BYTES * lengths.stream().mapToLong(length -> length).sum();
    }
}

package org.curvature4j.internal.engine.program;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.curvature4j.graph.DType;

/**
 * Assigns intermediate values to memory by liveness: a value's memory is free for others after its last use. First fit
 * over the free ranges, one range of memory a dtype.
 */
public final class Arena {
    /** A cache line, in elements of the smallest kind: no two values share one. */
    private static final long ALIGNMENT = 64;

    private final Map<Slot, Long> offsets = new HashMap<>();
    private final Map<DType, Long> sizes = new HashMap<>();
    private final Map<DType, TreeMap<Long, Long>> free = new HashMap<>();

    /**
     * @param instructions in the order in which they run
     * @param lasting slots with memory of their own, or read after the last instruction
     */
    static Arena assign(List<Instruction> instructions, Collection<Slot> lasting) {
        Arena arena = new Arena();
        Set<Slot> fixed = new HashSet<>(lasting);
        Liveness liveness = Liveness.of(instructions);
        for (int i = 0; i < instructions.size(); i++) {
            Slot output = instructions.get(i).output().root();
            if (!fixed.contains(output) && !arena.holds(output)) {
                arena.take(output);
            }
            for (Slot dead : liveness.dying(i)) {
                if (arena.offsets.containsKey(dead)) {
                    arena.release(dead);
                }
            }
        }
        return arena;
    }

    private static long length(Slot slot) {
        return Math.max(1, (slot.type().size() + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
    }

    private void take(Slot slot) {
        DType dtype = slot.type().dtype();
        TreeMap<Long, Long> ranges = free.computeIfAbsent(dtype, any -> new TreeMap<>());
        long needed = length(slot);
        Optional<Map.Entry<Long, Long>> fitting = ranges.entrySet().stream()
                .filter(range -> range.getValue() >= needed)
                .findFirst();
        if (fitting.isPresent()) {
            long from = fitting.get().getKey();
            long left = fitting.get().getValue() - needed;
            ranges.remove(from);
            if (left > 0) {
                ranges.put(from + needed, left);
            }
            offsets.put(slot, from);
            return;
        }
        long end = sizes.getOrDefault(dtype, 0L);
        offsets.put(slot, end);
        sizes.put(dtype, end + needed);
    }

    private void release(Slot slot) {
        TreeMap<Long, Long> ranges = free.computeIfAbsent(slot.type().dtype(), any -> new TreeMap<>());
        long from = offset(slot);
        long size = length(slot);
        Map.Entry<Long, Long> after = ranges.ceilingEntry(from);
        if (after != null && after.getKey() == from + size) {
            size += after.getValue();
            ranges.remove(after.getKey());
        }
        Map.Entry<Long, Long> before = ranges.lowerEntry(from);
        if (before != null && before.getKey() + before.getValue() == from) {
            from = before.getKey();
            size += before.getValue();
        }
        ranges.put(from, size);
    }

    public long offset(Slot slot) {
        return java.util.Objects.requireNonNull(offsets.get(slot));
    }

    public boolean holds(Slot slot) {
        return offsets.containsKey(slot);
    }

    /** Elements needed, for each dtype. */
    public Map<DType, Long> sizes() {
        return Map.copyOf(sizes);
    }

    long bytes() {
        return sizes.entrySet().stream()
                .mapToLong(size -> size.getKey().bytes() * size.getValue())
                .sum();
    }
}

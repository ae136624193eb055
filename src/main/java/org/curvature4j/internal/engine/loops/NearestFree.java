package org.curvature4j.internal.engine.loops;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Free arrays by their lengths, of which the nearest to a length is found in logarithmic time: a long chain has thousands
 * free at once.
 */
final class NearestFree {
    private final TreeMap<Long, Deque<Integer>> byLength;

    /** @param order of lengths, the natural one */
    NearestFree(Comparator<Long> order) {
        this.byLength = new TreeMap<>(order);
    }

    void add(long length, int array) {
        byLength.computeIfAbsent(length, any -> new ArrayDeque<>()).add(array);
    }

    /** Takes the array whose length is nearest, of two that are as near the longer, of several of a length the first that became free; null where none is. */
    @Nullable
    Integer take(long length) {
        Map.Entry<Long, Deque<Integer>> below = byLength.lowerEntry(length);
        Map.Entry<Long, Deque<Integer>> above = byLength.ceilingEntry(length);
        boolean isBelow = above == null || (below != null && length - below.getKey() < above.getKey() - length);
        Map.Entry<Long, Deque<Integer>> nearest = isBelow ? below : above;
        if (nearest == null) {
            return null;
        }
        int array = nearest.getValue().remove();
        if (nearest.getValue().isEmpty()) {
            byLength.remove(nearest.getKey());
        }
        return array;
    }
}

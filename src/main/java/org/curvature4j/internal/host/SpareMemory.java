package org.curvature4j.internal.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Memory of large arrays, some of which is kept when they are closed: who computes results again and again, and closes
 * them, would else have the system clear fresh pages each time, which takes longer than to compute small Hessians.
 */
final class SpareMemory {
    /** Bytes kept at most, by the whole process: a small part of the machine's memory. */
    static final long MOST = Math.min(256L << 20, Math.max(64L << 20, Pointer.totalPhysicalBytes() / 64));

    /** Sizes are rounded up to this, so that results of about one size can follow each other. */
    private static final long STEP = 1L << 20;

    private static final Deque<Block> SPARE = new ArrayDeque<>();
    private static long kept;

    private SpareMemory() {}

    /** Some memory of unspecified contents. */
    record Block(Pointer start, long bytes) {}

    /** So many bytes or more. */
    static Block take(long bytes) {
        long rounded = (bytes + STEP - 1) / STEP * STEP;
        Block spare = spare(rounded);
        if (spare != null) {
            return spare;
        }
        Pointer memory = Pointer.malloc(rounded);
        if (memory == null || memory.isNull()) {
            throw new OutOfMemoryError("results: expected " + bytes + " bytes of memory, got none (compute fewer points"
                    + " at once, or stream them)");
        }
        HugePages.advise(memory.address(), rounded);
        return new Block(memory, rounded);
    }

    private static synchronized @Nullable Block spare(long bytes) {
        for (Iterator<Block> blocks = SPARE.iterator(); blocks.hasNext(); ) {
            Block block = blocks.next();
            if (block.bytes() == bytes) {
                blocks.remove();
                kept -= bytes;
                return block;
            }
        }
        return null;
    }

    static synchronized long bytesKept() {
        return kept;
    }

    /** Takes memory back, which nobody may use any more; the longest unused is freed. */
    static synchronized void give(Block block) {
        SPARE.addFirst(block);
        kept += block.bytes();
        while (kept > MOST) {
            Block oldest = SPARE.removeLast();
            kept -= oldest.bytes();
            Pointer.free(oldest.start());
        }
    }
}

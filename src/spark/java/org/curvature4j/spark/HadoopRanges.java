package org.curvature4j.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.curvature4j.io.ByteRanges;

/** A file of Hadoop's, read by blocks: where each request takes a store's while, small ones would take all the time. */
final class HadoopRanges implements ByteRanges {
    private static final int BLOCK = 2 << 20;

    /** Files that a thread reads side by side, such as points and labels. */
    private static final int FILES = 4;

    /** Of each thread: threads read on where they are, and not where others are. */
    private static final ThreadLocal<Map<HadoopRanges, Block>> LAST = ThreadLocal.withInitial(Recent::new);

    private final FSDataInputStream stream;
    private final long size;

    /** @param stream closed with this */
    HadoopRanges(FSDataInputStream stream, long size) {
        this.stream = stream;
        this.size = size;
    }

    private static final class Block {
        private final long start;
        private final byte[] bytes;

        Block(long start, int length) {
            this.start = start;
            this.bytes = new byte[length];
        }
    }

    private static final class Recent extends LinkedHashMap<HadoopRanges, Block> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(2 * FILES, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<HadoopRanges, Block> oldest) {
            return size() > FILES;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (position >= size) {
            return -1;
        }
        Block block = block(position / BLOCK * BLOCK);
        int from = Math.toIntExact(position - block.start);
        int some = Math.min(block.bytes.length - from, into.remaining());
        into.put(block.bytes, from, some);
        return some;
    }

    private Block block(long start) throws IOException {
        Block last = LAST.get().get(this);
        if (last == null || last.start != start) {
            last = new Block(start, (int) Math.min(BLOCK, size - start));
            stream.readFully(start, last.bytes);
            LAST.get().put(this, last);
        }
        return last;
    }

    @Override
    public void close() throws IOException {
        LAST.get().remove(this);
        stream.close();
    }
}

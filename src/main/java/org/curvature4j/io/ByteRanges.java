package org.curvature4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Bytes that can be read by ranges, in any order and from several threads at once: of a file on a disk, or of an object
 * in a store that has another way to read it.
 */
public interface ByteRanges extends AutoCloseable {
    /** How many there are. */
    long size() throws IOException;

    /**
     * Reads some of those from a position on, at most as many as the buffer has room for.
     *
     * @param into takes them from its position on, which moves past them
     * @return how many were read; -1 where there are none from there on
     */
    int read(ByteBuffer into, long position) throws IOException;

    @Override
    void close() throws IOException;

    /** Those of an open file, which is closed with them. */
    static ByteRanges of(FileChannel file) {
        return new ByteRanges() {
            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return file.read(into, position);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}

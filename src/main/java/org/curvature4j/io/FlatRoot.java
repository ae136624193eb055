package org.curvature4j.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The outermost tables of a flat buffer, which are edited without moving what they point to. */
final class FlatRoot {
    /** Numbers of fields in the schema of a graph. */
    static final int NODES = 2;

    static final int TRAINING_CONFIGURATION = 7;
    static final int UPDATER_STATE = 8;

    private FlatRoot() {}

    /**
     * The same buffer, whose root table lacks some fields. Other tables may share the root's list of fields, which
     * therefore stays; the root gets its own, behind the last byte.
     *
     * @param slots numbers of the fields in the schema
     * @throws IndexOutOfBoundsException if the buffer is damaged there
     */
    static byte[] without(byte[] buffer, int... slots) {
        ByteBuffer old = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        int table = old.getInt(0);
        int fields = table - old.getInt(table);
        int length = old.getShort(fields) & 0xffff;
        int start = buffer.length + buffer.length % 2;
        if (fields + length > buffer.length) {
            throw new IndexOutOfBoundsException(fields);
        }
        byte[] edited = Arrays.copyOf(buffer, start + length);
        System.arraycopy(buffer, fields, edited, start, length);
        ByteBuffer file = ByteBuffer.wrap(edited).order(ByteOrder.LITTLE_ENDIAN);
        for (int slot : slots) {
            int place = 4 + 2 * slot;
            if (place + 2 <= length) {
                file.putShort(start + place, (short) 0);
            }
        }
        file.putInt(table, table - start);
        return edited;
    }

    /** Where the table of an element of one of the root's vectors begins. */
    static int element(byte[] buffer, int slot, int index) {
        ByteBuffer file = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        int table = file.getInt(0);
        int field = table + (file.getShort(table - file.getInt(table) + 4 + 2 * slot) & 0xffff);
        int entry = field + file.getInt(field) + 4 + 4 * index;
        return entry + file.getInt(entry);
    }
}

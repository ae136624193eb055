package org.curvature4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a {@code .npy} file says of its array: type, byte order, axis order, shape, and where the elements begin.
 *
 * <p>Source: NumPy Enhancement Proposal 1 and numpy/lib/format.py (versions 1.0, 2.0 and 3.0).
 */
final class NpyHeader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** No shape of 32 axes needs more; a damaged length field asks for up to 4 GiB. */
    private static final long LONGEST = 1 << 20;
    /** ND4J's limit (Nd4j shape information). */
    private static final int MOST_AXES = 32;
    /** NumPy aligns the elements to this, so that files can be mapped. */
    private static final int ALIGNMENT = 64;
    /** NumPy leaves room for the first axis to grow to 21 digits in place. */
    private static final int GROWTH_DIGITS = 21;

    private final NpyType type;
    private final ByteOrder order;
    private final boolean fortranOrder;
    private final long[] shape;
    private final long dataStart;

    private NpyHeader(NpyType type, ByteOrder order, boolean fortranOrder, long[] shape, long dataStart) {
        this.type = type;
        this.order = order;
        this.fortranOrder = fortranOrder;
        this.shape = shape;
        this.dataStart = dataStart;
    }

    NpyType type() {
        return type;
    }

    ByteOrder order() {
        return order;
    }

    boolean fortranOrder() {
        return fortranOrder;
    }

    long[] shape() {
        return shape.clone();
    }

    long dataStart() {
        return dataStart;
    }

    long elements() {
        return LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }

    /** Reads and checks the header, and that the file's length is what the header promises. */
    static NpyHeader read(ByteRanges content, Path file) throws IOException {
        long fileBytes = content.size();
        byte[] start = bytes(content, 0, (int) Math.min(12, fileBytes));
        int version = checkStart(start, file);
        int lengthBytes = version == 1 ? 2 : 4;
        long textStart = 8L + lengthBytes;
        if (fileBytes < textStart) {
            throw new DataFileException(file, "ends within its header (truncated)");
        }
        ByteBuffer fields = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        long textBytes = version == 1 ? fields.getShort(8) & 0xffff : fields.getInt(8) & 0xffffffffL;
        if (textBytes > LONGEST) {
            throw new DataFileException(
                    file, "expected a header of at most " + LONGEST + " bytes, got " + textBytes + " (damaged file)");
        }
        if (textStart + textBytes > fileBytes) {
            throw new DataFileException(file, "ends within its header (truncated)");
        }
        byte[] text = bytes(content, textStart, (int) textBytes);
        var charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        NpyHeader header = NpyHeaderText.parse(new String(text, charset), textStart + textBytes, file);
        header.checkLength(fileBytes, file);
        return header;
    }

    private static byte[] bytes(ByteRanges content, long position, int count) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(count);
        int read = 0;
        while (read >= 0 && into.hasRemaining()) {
            read = content.read(into, position + into.position());
        }
        return into.array();
    }

    private static int checkStart(byte[] start, Path file) {
        if (start.length == 0) {
            throw new DataFileException(file, "expected a .npy file, got an empty file");
        }
        if (start.length < MAGIC.length || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new DataFileException(file, "expected a .npy file, " + otherThan(printable(start)));
        }
        if (start.length < 8) {
            throw new DataFileException(file, "ends within its header (truncated)");
        }
        int major = start[6] & 0xff;
        int minor = start[7] & 0xff;
        if (major < 1 || major > 3 || minor != 0) {
            throw new DataFileException(
                    file, "expected .npy format version 1.0, 2.0 or 3.0, got " + major + "." + minor);
        }
        return major;
    }

    private static String otherThan(String start) {
        if (start.startsWith("PK")) {
            return "got a zip archive (an .npz? unpack it and name the array wanted)";
        }
        return start.startsWith("PAR1")
                ? "got a Parquet file (curvature on Spark reads its columns)"
                : "which begins with \\x93NUMPY, got " + start;
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : Arrays.copyOf(bytes, Math.min(bytes.length, MAGIC.length))) {
            text.append(b >= ' ' && b < 127 ? String.valueOf((char) b) : String.format("\\x%02x", b));
        }
        return text.toString();
    }

    /**
     * Checks a shape: no negative sizes, at most 32 axes, and a size in bytes that a file can have.
     *
     * @return the problem, or an empty string
     */
    static String problem(long[] shape, NpyType type) {
        if (shape.length > MOST_AXES) {
            return "expected at most " + MOST_AXES + " axes, got " + shape.length;
        }
        long bytes = type.bytes();
        for (long size : shape) {
            if (size < 0) {
                return "expected sizes of zero or more, got shape " + Arrays.toString(shape);
            }
            // Zeros don't excuse the other sizes: they must multiply to something that an index can reach.
            if (Math.multiplyHigh(bytes, Math.max(size, 1)) != 0 || bytes * Math.max(size, 1) < 0) {
                return "expected fewer than 2^63 bytes, got shape " + Arrays.toString(shape);
            }
            bytes *= Math.max(size, 1);
        }
        return "";
    }

    static NpyHeader of(NpyType type, ByteOrder order, boolean fortranOrder, long[] shape, long dataStart) {
        return new NpyHeader(type, order, fortranOrder && shape.length > 1, shape.clone(), dataStart);
    }

    private void checkLength(long fileBytes, Path file) {
        long expected = elements() * type.bytes();
        long found = fileBytes - dataStart;
        if (found == expected) {
            return;
        }
        String promise = "expected " + expected + " bytes of data for shape " + Arrays.toString(shape) + " of "
                + type.code() + ", got " + found;
        throw new DataFileException(
                file,
                promise
                        + (found < expected
                                ? " (truncated: was it copied or written to the end?)"
                                : " (something follows the array: a .npy file holds one)"));
    }

    /** The header's bytes for a new file in C order and this machine's byte order, the same as NumPy writes. */
    static byte[] bytes(NpyType type, long... shape) {
        String sizes = LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(", "))
                + (shape.length == 1 ? "," : "");
        String mark = type.bytes() == 1 ? "|" : ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
        StringBuilder text = new StringBuilder(
                "{'descr': '" + mark + type.code() + "', 'fortran_order': False, 'shape': (" + sizes + "), }");
        if (shape.length > 0) {
            text.append(" ".repeat(GROWTH_DIGITS - Long.toString(shape[0]).length()));
        }
        int preamble = MAGIC.length + 4;
        text.append(" ".repeat(ALIGNMENT - (preamble + text.length() + 1) % ALIGNMENT))
                .append('\n');
        ByteBuffer header = ByteBuffer.allocate(preamble + text.length()).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
        return header.put(text.toString().getBytes(StandardCharsets.ISO_8859_1)).array();
    }
}

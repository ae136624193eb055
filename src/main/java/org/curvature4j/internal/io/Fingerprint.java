package org.curvature4j.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.curvature4j.io.DataFileException;

/** By what a file, or some text, is known again: its SHA-256. */
public final class Fingerprint {
    /** Larger files are not read as a whole: at a gigabyte a second that would be felt. */
    public static final long LARGEST_WHOLE = 256L << 20;

    private static final int END = 1 << 20;

    /** Of a folder with more than that in all, each file that has more than its two ends. */
    private static final long SMALL = 2L * END;

    private Fingerprint() {}

    /**
     * Of a file, or the files of a folder together: {@code sha256:...} of all of it up to 256 MiB. Of a larger one its size, the
     * time of its last change and the hash of its first and its last MiB, so that a file that was changed meanwhile is told
     * all the same.
     *
     * @throws DataFileException if it can't be read
     */
    public static String of(Path file) {
        if (!Files.isDirectory(file)) {
            return of(file, LARGEST_WHOLE);
        }
        try (Stream<Path> entries = Files.list(file)) {
            List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
            long bytes =
                    files.stream().mapToLong(each -> each.toFile().length()).sum();
            return ofFiles(files, bytes, (each, most) -> of(each, most));
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
    }

    private static String of(Path file, long mostWhole) {
        StoredFile.require(file, "a file");
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(content::read, content.size(), mostWhole, Files.getLastModifiedTime(file));
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
    }

    /** Reads some bytes from a position on, as {@link FileChannel#read(ByteBuffer, long)} does. */
    @FunctionalInterface
    public interface Content {
        int read(ByteBuffer into, long position) throws IOException;
    }

    /** The fingerprint of a file, of all of it if it has at most so many bytes. */
    @FunctionalInterface
    public interface OfFile {
        String of(Path file, long mostWhole);
    }

    /**
     * Of the names and the fingerprints of files in a folder, in their order.
     *
     * @param bytes of all of them together
     */
    public static String ofFiles(List<Path> files, long bytes, OfFile each) {
        long mostWhole = bytes <= LARGEST_WHOLE ? LARGEST_WHOLE : SMALL;
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(file.getFileName())
                    .append(' ')
                    .append(each.of(file, mostWhole))
                    .append('\n');
        }
        return ofText(text.toString());
    }

    /**
     * Of a file's content.
     *
     * @param size bytes of it
     * @param mostWhole bytes up to which all of it counts
     */
    public static String of(Content content, long size, long mostWhole, FileTime changed) throws IOException {
        MessageDigest digest = digest();
        if (size <= mostWhole) {
            update(digest, content, 0, size);
            return words(digest);
        }
        update(digest, content, 0, END);
        update(digest, content, size - END, END);
        return size + " bytes of " + changed + ", ends " + words(digest);
    }

    /** Of all of a file of up to 256 MiB; nothing for a larger one. */
    public static Optional<String> whole(Path file) {
        return file.toFile().length() <= LARGEST_WHOLE ? Optional.of(of(file)) : Optional.empty();
    }

    /** Of all of a file, however large. */
    public static String complete(Path file) {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            MessageDigest digest = digest();
            update(digest, content::read, 0, content.size());
            return words(digest);
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
    }

    /** Of bytes, in pieces; buffers are read from their position to their limit. */
    public static String of(Iterable<ByteBuffer> pieces) {
        MessageDigest digest = digest();
        pieces.forEach(digest::update);
        return words(digest);
    }

    /** Of a text, in UTF-8. */
    public static String ofText(String text) {
        return of(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Of a script or a style within a page, as a content security policy names it. */
    public static String ofSource(String text) {
        return "sha256-" + Base64.getEncoder().encodeToString(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void update(MessageDigest digest, Content content, long from, long count) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect((int) Math.min(count, END));
        long end = from + count;
        for (long at = from; at < end; at += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), end - at));
            if (content.read(block, at) < 0) {
                break;
            }
            digest.update(block.flip());
        }
    }

    private static String words(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: expected in every JDK, got none", e);
        }
    }
}

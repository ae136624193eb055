package org.curvature4j.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private static final long LARGEST_WHOLE = 256L << 20;

    private static final int END = 1 << 20;

    private Fingerprint() {}

    /**
     * Of a file, or the files of a folder together: {@code sha256:...} of all of it up to 256 MiB. Of a larger one its size, the time of its last change and
     * the hash of its first and its last MiB, so that a file that was changed meanwhile is told all the same.
     *
     * @throws DataFileException if it can't be read
     */
    public static String of(Path file) {
        return Files.isDirectory(file) ? ofFolder(file) : ofFile(file);
    }

    private static String ofFile(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            MessageDigest digest = digest();
            if (size <= LARGEST_WHOLE) {
                update(digest, channel, 0, size);
                return words(digest);
            }
            update(digest, channel, 0, END);
            update(digest, channel, size - END, END);
            return size + " bytes of " + Files.getLastModifiedTime(file) + ", ends " + words(digest);
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
    }

    /** Of the names and the fingerprints of the files in a folder. */
    private static String ofFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder text = new StringBuilder();
            files.filter(Files::isRegularFile).sorted().forEach(file -> text.append(file.getFileName())
                    .append(' ')
                    .append(ofFile(file))
                    .append('\n'));
            return ofText(text.toString());
        } catch (IOException e) {
            throw new DataFileException(folder, "can't be read", e);
        }
    }

    /** Of all of a file of up to 256 MiB; nothing for a larger one. */
    public static Optional<String> whole(Path file) {
        return file.toFile().length() <= LARGEST_WHOLE ? Optional.of(of(file)) : Optional.empty();
    }

    /** Of all of a file, however large. */
    public static String complete(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MessageDigest digest = digest();
            update(digest, channel, 0, channel.size());
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

    private static void update(MessageDigest digest, FileChannel channel, long from, long count) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect((int) Math.min(count, END));
        long end = from + count;
        for (long at = from; at < end; at += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), end - at));
            if (channel.read(block, at) < 0) {
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

package org.curvature4j.internal.gpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Machine code kept from one run to the next, a file for each text of PTX: a driver takes seconds to assemble a large one.
 * Only a help: what can't be read or written, or isn't what was written, is as if it weren't there. Several processes may
 * share a folder.
 */
final class CodeFiles {
    /** The system property with another folder than the user's for such files, or with "off". */
    static final String PROPERTY = "curvature4j.cache";

    private static final String ENDING = ".cubin";

    /** Of all files of a folder together; the longest unused make room. */
    private static final long MOST_BYTES = 256L << 20;

    /** What each file begins with, the hash of its code behind it. */
    private static final byte[] MARK = "curvature4j code 1\n".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final long mostBytes;

    CodeFiles(Path folder) {
        this(folder, MOST_BYTES);
    }

    CodeFiles(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** Those of this user; none if they aren't wanted. */
    static Optional<CodeFiles> ofUser() {
        String asked = System.getProperty(PROPERTY, "").strip();
        return asked.equals("off")
                ? Optional.empty()
                : Optional.of(new CodeFiles(asked.isEmpty() ? usual() : Path.of(asked)));
    }

    private static Path usual() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        @Nullable String caches = System.getenv(windows ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        Path parent = caches == null || caches.isEmpty()
                ? Path.of(System.getProperty("user.home", ""), ".cache")
                : Path.of(caches);
        return parent.resolve("curvature4j");
    }

    /**
     * The name of a text's code.
     *
     * @param kind all that the code depends on beside the text: the device and the driver
     */
    static String key(String ptx, String kind) {
        return HexFormat.of().formatHex(hash((kind + '\n' + ptx).getBytes(StandardCharsets.UTF_8)));
    }

    /** Code that was written, if it is there and whole. */
    Optional<byte[]> read(String key) {
        Path file = folder.resolve(key + ENDING);
        try {
            byte[] all = Files.readAllBytes(file);
            int start = head(new byte[0]).length;
            byte[] code = Arrays.copyOfRange(all, Math.min(start, all.length), all.length);
            if (code.length == 0 || !Arrays.equals(head(code), Arrays.copyOf(all, start))) {
                return Optional.empty();
            }
            touch(file);
            return Optional.of(code);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps code, in place of any of that name. */
    void write(String key, byte[] code) {
        try {
            Files.createDirectories(folder);
            makeRoom(code.length);
            Path unfinished = Files.createTempFile(folder, key, ".tmp");
            try {
                byte[] head = head(code);
                byte[] all = Arrays.copyOf(head, head.length + code.length);
                System.arraycopy(code, 0, all, head.length, code.length);
                Files.write(unfinished, all);
                Files.move(unfinished, folder.resolve(key + ENDING), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Assembled anew next time.
        }
    }

    /** Deletes those longest unused until what comes has its place. */
    private void makeRoom(long bytes) throws IOException {
        TreeMap<String, Path> byAge = new TreeMap<>();
        long total = bytes;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    (Iterable<Path>) files.filter(each -> each.toString().endsWith(ENDING))::iterator) {
                total += Files.size(file);
                byAge.put(
                        String.format(
                                "%020d %s", Files.getLastModifiedTime(file).toMillis(), file),
                        file);
            }
        }
        for (Path oldest : byAge.values()) {
            if (total <= mostBytes) {
                return;
            }
            total -= Files.size(oldest);
            Files.deleteIfExists(oldest);
        }
    }

    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException e) {
            // Somebody else's file, to be read only: its age tells nothing then.
        }
    }

    private static byte[] head(byte[] code) {
        byte[] hash = hash(code);
        return ByteBuffer.allocate(MARK.length + hash.length)
                .put(MARK)
                .put(hash)
                .array();
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

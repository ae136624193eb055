package org.curvature4j.io;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that appears under its name complete or not at all. It is written under a temporary name in the same folder;
 * {@link #commit} forces it to the disk and renames it. Closed without a commit, or left by a JVM that is told to stop
 * (Ctrl-C), the temporary file is deleted, and a file that was there before stays as it was.
 *
 * <p>The target may be a symbolic link: the file that it points to is replaced. The folder must exist. Anything but a
 * regular file (a folder, a device such as {@code /dev/null}) is refused.
 */
public final class AtomicFile implements AutoCloseable {
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> UNFINISHED.forEach(AtomicFile::deleteQuietly)));
    }

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private boolean committed;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Begins a file.
     *
     * @param target where it will appear
     * @return the unfinished file; the caller closes it
     * @throws DataFileException if the folder is missing or not writable, or the target is not a regular file
     */
    public static AtomicFile create(Path target) {
        Path resolved = resolve(target);
        Path temporary = resolved.resolveSibling("." + resolved.getFileName() + "." + UUID.randomUUID() + ".tmp");
        UNFINISHED.add(temporary);
        try {
            FileChannel channel = FileChannel.open(
                    temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new AtomicFile(resolved, temporary, channel);
        } catch (IOException e) {
            UNFINISHED.remove(temporary);
            throw new DataFileException(target, "can't be written", e);
        }
    }

    private static Path resolve(Path target) {
        try {
            Path resolved = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            if (Files.exists(resolved) && !Files.isRegularFile(resolved)) {
                String found = Files.isDirectory(resolved) ? "a folder" : "a device";
                throw new DataFileException(target, "expected the name of a file to write, got " + found);
            }
            Path folder = resolved.getParent();
            if (folder == null || resolved.getFileName() == null || !Files.isDirectory(folder)) {
                throw new DataFileException(target, "can't be written: there is no folder " + folder);
            }
            return resolved;
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /** The file's content, for reading and writing at any position; closed by this object. */
    public FileChannel channel() {
        return channel;
    }

    /** Where the content lies until the commit, for libraries that write to a path of their own. */
    public Path temporary() {
        return temporary;
    }

    /**
     * Forces the content to the disk and gives the file its name, replacing what was there.
     *
     * @throws DataFileException if either fails; the target is then as before
     */
    public void commit() {
        try {
            channel.force(true);
            channel.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            committed = true;
            UNFINISHED.remove(temporary);
        } catch (IOException e) {
            throw new DataFileException(target, "can't be completed", e);
        }
        forceFolder();
    }

    /** Makes the rename itself survive a power cut where the system lets a folder be forced; elsewhere does nothing. */
    private void forceFolder() {
        Path folder = target.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException expected) {
            // Windows opens no folders; the content is on the disk already.
            return;
        }
    }

    /** Deletes the temporary file unless the file was committed. */
    @Override
    public void close() {
        if (committed) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new DataFileException(target, "can't be closed", e);
        } finally {
            deleteQuietly(temporary);
            UNFINISHED.remove(temporary);
        }
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Nothing more can be done: the file is hidden, and its name says that it is temporary.
            return;
        }
    }

    /** What writes a file's content to a stream; closing the stream does no harm. */
    @FunctionalInterface
    public interface StreamWriter {
        /** Writes all of the content to {@code stream}. */
        void write(OutputStream stream) throws IOException;
    }

    /** What writes a file's content to a path that it opens itself. */
    @FunctionalInterface
    public interface PathWriter {
        /** Writes all of the content to the existing empty file {@code path}. */
        void write(Path path) throws IOException;
    }

    /**
     * Writes a file through a stream.
     *
     * @throws DataFileException if that fails; what the writer throws otherwise passes through, and no file appears
     */
    public static void write(Path target, StreamWriter writer) {
        try (AtomicFile file = create(target)) {
            OutputStream stream = new BufferedOutputStream(new ChannelStream(file.channel()), 1 << 16);
            writer.write(stream);
            stream.flush();
            file.commit();
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /** Writes a file by a writer that opens the path itself; errors as in {@link #write}. */
    public static void writePath(Path target, PathWriter writer) {
        try (AtomicFile file = create(target)) {
            writer.write(file.temporary());
            file.commit();
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /** Writes text in UTF-8; errors as in {@link #write}. */
    public static void writeText(Path target, String text) {
        write(target, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A stream into the channel that leaves it open when closed: the commit comes after the writer is done. */
    private static final class ChannelStream extends FilterOutputStream {
        ChannelStream(FileChannel channel) {
            super(Channels.newOutputStream(channel));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

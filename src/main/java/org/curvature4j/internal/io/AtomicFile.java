package org.curvature4j.internal.io;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.curvature4j.io.DataFileException;

/**
 * A file that appears under its name complete or not at all. It is written under a temporary name in the same folder;
 * {@link #commit} forces it to the disk and renames it. Closed without a commit, or left by a JVM that is told to stop
 * (Ctrl-C), the temporary file is deleted, and a file that was there before stays as it was.
 *
 * <p>The target may be a symbolic link: the file that it points to is replaced. The folder must exist. Anything but a
 * regular file (a folder, a device such as {@code /dev/null}) is refused.
 */
public final class AtomicFile extends Unfinished {
    private final AtExit end;
    private boolean committed;

    private AtomicFile(Claim claim, Path target, Path temporary, FileChannel channel, AtExit end) {
        super(claim, target, temporary, channel);
        this.end = end;
    }

    /**
     * Begins a file.
     *
     * @param target where it will appear
     * @return the unfinished file; the caller closes it
     * @throws DataFileException if the folder is missing or not writable, the target is not a regular file, or another run
     *     is writing it
     */
    public static AtomicFile create(Path target) {
        Claim claim = Claim.ofContent(target);
        Path resolved = Target.resolve(target);
        Path temporary = resolved.resolveSibling("." + resolved.getFileName() + "." + UUID.randomUUID() + ".tmp");
        AtExit end = AtExit.run(() -> deleteQuietly(temporary));
        try {
            FileChannel channel = FileChannel.open(
                    temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new AtomicFile(claim, resolved, temporary, channel, end);
        } catch (IOException e) {
            end.close();
            claim.close();
            throw new DataFileException(target, "can't be written", e);
        }
    }

    @Override
    public void commit() {
        super.commit();
        committed = true;
    }

    /** Deletes the temporary file unless the file was committed. */
    @Override
    public void close() {
        try {
            channel().close();
        } catch (IOException e) {
            throw new DataFileException(target, "can't be closed", e);
        } finally {
            if (!committed) {
                deleteQuietly(temporary());
            }
            end.close();
            claim.close();
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

    /**
     * Writes text in UTF-8 by way of {@link #replacement}: for one writer at a time, which dies and comes back and finds no
     * more than one file left over. What it stands beside is claimed by that writer.
     */
    static void replace(Path target, String text) {
        Path resolved = Target.resolve(target);
        Path temporary = replacement(resolved);
        try (Claim claim = Claim.ofContent(target);
                FileChannel channel = FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            Object key = Target.identity(temporary);
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            Target.publish(claim, channel, key, temporary, resolved);
        } catch (IOException e) {
            deleteQuietly(temporary);
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /** Where {@link #replace} writes before it renames. */
    static Path replacement(Path target) {
        return target.resolveSibling(target.getFileName() + ".new");
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

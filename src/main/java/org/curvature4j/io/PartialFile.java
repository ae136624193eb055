package org.curvature4j.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows under {@code <name>.partial} beside its target and outlives the program that writes it, so that
 * another run can go on with it. Locked against other writers, in this program and in others, while it is open.
 */
final class PartialFile implements Unfinished {
    private static final String ENDING = ".partial";

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;

    private PartialFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Where the content of a target grows. */
    static Path of(Path target) {
        Path resolved = Target.resolve(target);
        return resolved.resolveSibling(resolved.getFileName() + ENDING);
    }

    /** Begins with nothing, in place of what an earlier run may have left. */
    static PartialFile begin(Path target) {
        try {
            PartialFile file =
                    open(target, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            file.channel.truncate(0);
            return file;
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /**
     * Opens what an earlier run left.
     *
     * @throws DataFileException if there is nothing, or another run is writing it
     */
    static PartialFile reopen(Path target) {
        try {
            return open(target, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DataFileException(of(target), "can't be opened", e);
        }
    }

    private static PartialFile open(Path target, OpenOption... options) throws IOException {
        Path temporary = of(target);
        FileChannel channel = FileChannel.open(temporary, options);
        if (!isLocked(channel)) {
            channel.close();
            throw new DataFileException(target, "can't be written: another run is at it");
        }
        return new PartialFile(Target.resolve(target), temporary, channel);
    }

    /** The lock goes with the channel. Where the file system has none, as over some networks, the user must take care. */
    private static boolean isLocked(FileChannel channel) {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public FileChannel channel() {
        return channel;
    }

    @Override
    public Path temporary() {
        return temporary;
    }

    @Override
    public void commit() {
        Target.publish(channel, temporary, target);
    }

    /** Removes what was written. */
    void discard() {
        close();
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new DataFileException(temporary, "can't be deleted", e);
        }
    }

    /** Leaves what was written for another run. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DataFileException(temporary, "can't be closed", e);
        }
    }
}

package org.curvature4j.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.curvature4j.io.DataFileException;
import org.jspecify.annotations.Nullable;

/**
 * The sole right to write a file or a folder, among all programs, from before its content is computed until it has its
 * name: a lock on {@code .<name>.lock} beside the file, or {@code .lock} in the folder, which is there meanwhile. The
 * thread that has it may claim the same again; it ends when each of these is closed. A program that dies leaves the lock's
 * file, which holds nobody up. Where the file system has no locks, as over some networks, the user must take care.
 */
public final class Claim implements AutoCloseable {
    private static final Map<Path, Held> HELD = new HashMap<>();

    /** Beyond any content: some systems let nobody else read what is locked. */
    private static final long LOCKED = 1L << 40;

    private static final int MOST_BYTES = 4000;

    private final Path name;
    private final Held held;
    private boolean closed;

    private final boolean writes;

    private Claim(Path name, Held held, boolean writes) {
        this.name = name;
        this.held = held;
        this.writes = writes;
    }

    /**
     * Claims a file.
     *
     * @throws DataFileException if another run has it, its folder is missing or not writable, or it isn't a regular file
     */
    public static Claim of(Path target) {
        return of(target, false);
    }

    /** Claims a file whose content is being written; of such claims there is one at a time, whatever the thread. */
    static Claim ofContent(Path target) {
        return of(target, true);
    }

    private static Claim of(Path target, boolean writes) {
        Path resolved = Target.resolve(target);
        return of(target, resolved.resolveSibling("." + resolved.getFileName() + ".lock"), null, writes);
    }

    /**
     * Claims a folder, and makes it where it isn't there; closing removes it again if nothing came into it.
     *
     * @throws DataFileException if another run has it, it isn't a folder, or can't be made or written to
     */
    public static Claim ofFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new DataFileException(folder, "expected a folder, got a file");
        }
        @Nullable Path made = Files.exists(folder) ? null : folder;
        try {
            Files.createDirectories(folder);
            return of(folder, folder.toRealPath().resolve(".lock"), made, false);
        } catch (IOException e) {
            throw new DataFileException(folder, "can't be made a folder", e);
        }
    }

    private static Claim of(Path name, Path lock, @Nullable Path made, boolean writes) {
        synchronized (HELD) {
            Held held = HELD.get(lock);
            if (held == null) {
                held = new Held(name, lock, made);
                HELD.put(lock, held);
            } else if (held.owner != Thread.currentThread() || (writes && held.written)) {
                throw taken(name);
            }
            held.claims++;
            held.written |= writes;
            return new Claim(name, held, writes);
        }
    }

    private static DataFileException taken(Path name) {
        return new DataFileException(name, "can't be written: another run is writing it");
    }

    /**
     * Checks that the lock is still the one that other programs meet; to be asked before the file gets its name.
     *
     * @throws DataFileException if somebody removed or replaced it
     */
    void check() {
        if (!held.isThere()) {
            throw new DataFileException(name, "can't be written: somebody removed " + held.file + ", which guards it");
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            if (!closed) {
                closed = true;
                held.claims--;
                held.written &= !writes;
                if (held.claims == 0) {
                    HELD.remove(held.file);
                    held.end.close();
                    held.release();
                }
            }
        }
    }

    /** A lock, and how often its thread claimed it. */
    private static final class Held {
        private final Path file;
        private final @Nullable Path made;
        private final Thread owner = Thread.currentThread();
        /** The locked file's size, by which it is known under its name: whoever opened it to look would end the lock. */
        private final int size = 1 + new SecureRandom().nextInt(MOST_BYTES);

        private final FileChannel channel;
        private final AtExit end;
        private int claims;
        private boolean written;

        Held(Path name, Path file, @Nullable Path made) {
            this.file = file;
            this.made = made;
            try {
                channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new DataFileException(name, "can't be written", e);
            }
            boolean locked = false;
            try {
                // Between opening and locking, the one before may have deleted the file: then others would lock a new
                // one.
                locked = isLocked() && write() && isThere();
            } catch (IOException e) {
                throw new DataFileException(name, "can't be written", e);
            } finally {
                if (!locked) {
                    closeQuietly();
                }
            }
            if (!locked) {
                throw taken(name);
            }
            end = AtExit.run(this::release);
        }

        private boolean isLocked() {
            try {
                @Nullable FileLock lock = channel.tryLock(LOCKED, 1, false);
                return lock != null;
            } catch (OverlappingFileLockException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        private boolean write() throws IOException {
            channel.truncate(0);
            return channel.write(ByteBuffer.allocate(size), 0) == size;
        }

        /** Whether the file under the name is the one that is locked. */
        private boolean isThere() {
            try {
                return Files.size(file) == size;
            } catch (IOException e) {
                return false;
            }
        }

        private void release() {
            try {
                if (isThere()) {
                    Files.delete(file);
                }
                if (made != null) {
                    removeIfEmpty(made);
                }
            } catch (IOException e) {
                // It is unlocked all the same, and the next run takes it over.
                return;
            } finally {
                closeQuietly();
            }
        }

        private static void removeIfEmpty(Path folder) throws IOException {
            String[] files = folder.toFile().list();
            if (files != null && files.length == 0) {
                Files.delete(folder);
            }
        }

        private void closeQuietly() {
            try {
                channel.close();
            } catch (IOException e) {
                // The lock goes with the program, then.
                return;
            }
        }
    }
}

package org.curvature4j.internal.io;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.curvature4j.io.DataFileException;

/** A file on its way to its name, which is claimed meanwhile. */
public abstract class Unfinished implements AutoCloseable {
    final Claim claim;
    final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final Object key;

    /** @param target by {@link Target#resolve} */
    Unfinished(Claim claim, Path target, Path temporary, FileChannel channel) {
        this.claim = claim;
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        this.key = Target.identity(temporary);
    }

    /** The content, for reading and writing at any position; closed by this object. */
    public final FileChannel channel() {
        return channel;
    }

    /** Where the content lies until the commit, for libraries that write to a path of their own. */
    public final Path temporary() {
        return temporary;
    }

    /**
     * Forces the content to the disk and gives the file its name, replacing what was there.
     *
     * @throws DataFileException if either fails; the target is then as before
     */
    public void commit() {
        Target.publish(claim, channel, key, temporary, target);
    }

    /** Ends the work on the content; what becomes of it without a commit before is the subclass' to say. */
    @Override
    public abstract void close();
}

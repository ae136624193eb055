package org.curvature4j.internal.io;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.curvature4j.io.DataFileException;

/** A file on its way to its name. */
public interface Unfinished extends AutoCloseable {
    /** The content, for reading and writing at any position; closed by this object. */
    FileChannel channel();

    /** Where the content lies until the commit. */
    Path temporary();

    /**
     * Forces the content to the disk and gives the file its name, replacing what was there.
     *
     * @throws DataFileException if either fails; the target is then as before
     */
    void commit();

    /** Ends the work on the content; what becomes of it without a commit before is the implementation's to say. */
    @Override
    void close();
}

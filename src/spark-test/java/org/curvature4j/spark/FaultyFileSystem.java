package org.curvature4j.spark;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * This machine's files by addresses such as {@code faulty://3/tmp/x}, and the third thing that a process other than the
 * driver does there fails; {@code faulty://all-from-3/tmp/x}, and all from that on; {@code faulty://none/tmp/x}. A name that is
 * there isn't replaced by renaming, as on HDFS.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
    static final String SCHEME = "faulty";

    private static final Map<String, AtomicInteger> DONE = new ConcurrentHashMap<>();

    private URI uri;

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        super.initialize(URI.create("file:///"), configuration);
        uri = URI.create(SCHEME + "://" + name.getAuthority());
    }

    @Override
    public URI getUri() {
        // The constructor above asks too.
        return uri == null ? URI.create(SCHEME + ":///") : uri;
    }

    @Override
    protected void checkPath(Path path) {
        // All of this scheme are this one's.
    }

    @Override
    public java.io.File pathToFile(Path path) {
        return new java.io.File(path.toUri().getPath());
    }

    private void step(Path path) throws IOException {
        String when = uri.getAuthority();
        if (when.equals("none") || !Thread.currentThread().getName().startsWith("Executor task")) {
            return;
        }
        // Of each folder, so that one test doesn't count for another.
        String run = uri + path.toUri().getPath().replaceAll("(/run[^/]*)/.*", "$1");
        int number = DONE.computeIfAbsent(run, absent -> new AtomicInteger()).incrementAndGet();
        boolean all = when.startsWith("all-from-");
        int fails = Integer.parseInt(when.replace("all-from-", ""));
        if (all ? number >= fails : number == fails) {
            throw new IOException("a fault was wanted at step " + number);
        }
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        step(path);
        return super.create(path, permission, overwrite, buffer, replication, block, progress);
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
        step(path);
        return super.open(path, buffer);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        step(from);
        return !exists(to) && super.rename(from, to);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        step(path);
        return super.listStatus(path);
    }
}

package org.curvature4j.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
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
import org.apache.spark.TaskContext;

/**
 * This machine's files by addresses such as {@code faulty://3/tmp/x}, and the third thing that a process other than the
 * driver does there fails; {@code faulty://all-from-3/tmp/x}, and all from that on; {@code faulty://none/tmp/x}. A name that is
 * there isn't replaced by renaming, as on HDFS.
 *
 * <p>{@code faulty://slow/tmp/x}, and the first attempt at shard 1 doesn't come to rename its first file, until it is ended;
 * {@code faulty://deaf/tmp/x}, and it isn't ended either: it goes on when another attempt is complete, and the driver had
 * time to finish. There a name that is there is replaced.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
    static final String SCHEME = "faulty";

    private static final Map<String, AtomicInteger> DONE = new ConcurrentHashMap<>();

    private static final String SLOW = "slow";
    private static final String DEAF = "deaf";
    private static final Set<String> NEVER = Set.of("none", SLOW, DEAF);
    private static final Duration MINUTE = Duration.ofMinutes(1);

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
        if (NEVER.contains(when) || !Thread.currentThread().getName().startsWith("Executor task")) {
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
        TaskContext task = TaskContext.get();
        if (task != null && task.attemptNumber() == 0 && to.getName().equals("part-00001.npy")) {
            java.nio.file.Path run = pathToFile(to).toPath().getParent().resolveSibling("");
            hesitate(run);
        }
        return (uri.getAuthority().equals(DEAF) || !exists(to)) && super.rename(from, to);
    }

    private void hesitate(java.nio.file.Path run) throws IOException {
        switch (uri.getAuthority()) {
            case SLOW -> {
                try {
                    Thread.sleep(MINUTE.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("ended");
                }
            }
            case DEAF -> {
                Instant late = Instant.now().plus(MINUTE);
                while (!Files.exists(run.resolve("_shards/part-00001.json"))
                        && Instant.now().isBefore(late)) {
                    pause();
                }
                late = Instant.now().plusSeconds(2);
                while (!Files.exists(run.resolve("manifest.json"))
                        && Instant.now().isBefore(late)) {
                    pause();
                }
            }
            default -> {
                // All others are quick.
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            // Deaf, as code that clears a thread's flag makes it.
        }
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        step(path);
        return super.listStatus(path);
    }
}

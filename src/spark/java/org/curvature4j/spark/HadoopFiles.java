package org.curvature4j.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.io.ByteRanges;
import org.curvature4j.io.DataFileException;

/**
 * A file, or the files of a folder, at an address that Hadoop's file systems know, such as {@code hdfs:///points} or
 * {@code s3a://bucket/points.npy}. Files have the names that messages give them.
 */
final class HadoopFiles {
    /** A single letter before the colon is a disk. */
    private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*");

    /** As for Spark, what a name begins with that isn't data. */
    private static final Pattern HIDDEN = Pattern.compile("(^|/)[._]");

    private final java.nio.file.Path name;
    private final FileSystem system;
    private final boolean folder;
    private final SortedMap<java.nio.file.Path, FileStatus> files = new TreeMap<>();

    private HadoopFiles(java.nio.file.Path name, Path address, Configuration configuration, boolean all)
            throws IOException {
        this.name = name;
        this.system = address.getFileSystem(configuration);
        FileStatus status = system.getFileStatus(address);
        this.folder = status.isDirectory();
        if (folder) {
            String root = status.getPath().toUri().getPath();
            var list = system.listFiles(address, all);
            while (list.hasNext()) {
                FileStatus file = list.next();
                String within = file.getPath()
                        .toUri()
                        .getPath()
                        .substring(root.length())
                        .replaceFirst("^/", "");
                if (!HIDDEN.matcher(within).find()) {
                    files.put(name.resolve(within), file);
                }
            }
        } else {
            files.put(name, status);
        }
    }

    /**
     * Looks for them.
     *
     * @param name of the file or folder, for messages
     * @param all whether those of folders within a folder count too
     * @throws DataFileException if there are none
     */
    static HadoopFiles at(String name, String address, Configuration configuration, boolean all) {
        java.nio.file.Path told = java.nio.file.Path.of(name);
        try {
            return new HadoopFiles(told, new Path(address), configuration, all);
        } catch (IOException | IllegalArgumentException e) {
            throw refused(told, e);
        }
    }

    /** Whether a name is an address, and not that of a file of this machine. */
    static boolean isAddress(String name) {
        return ADDRESS.matcher(name).matches();
    }

    /**
     * What one file holds; the caller closes it.
     *
     * @throws DataFileException if it can't be read
     */
    static InputStream stream(String address, Configuration configuration) {
        HadoopFiles file = at(address, address, configuration, false);
        try {
            return file.system.open(new Path(address));
        } catch (IOException e) {
            throw refused(file.name, e);
        }
    }

    /** Whether there is a folder. */
    boolean isFolder() {
        return folder;
    }

    /** The names of all files. */
    List<java.nio.file.Path> names() {
        return List.copyOf(files.keySet());
    }

    /** The addresses of all files, in the order of their names. */
    List<String> addresses() {
        return files.values().stream().map(file -> file.getPath().toString()).toList();
    }

    /** Opens one of them; the caller closes it. */
    ByteRanges open(java.nio.file.Path file) {
        FileStatus status = status(file);
        try {
            return new HadoopRanges(system.open(status.getPath()), status.getLen());
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    /** By what they are known again; see {@link Fingerprint#of(java.nio.file.Path)}. */
    String fingerprint() {
        if (!folder) {
            return fingerprint(name, Fingerprint.LARGEST_WHOLE);
        }
        long bytes = files.values().stream().mapToLong(FileStatus::getLen).sum();
        return Fingerprint.ofFiles(names(), bytes, this::fingerprint);
    }

    private String fingerprint(java.nio.file.Path file, long mostWhole) {
        try (ByteRanges content = open(file)) {
            return Fingerprint.of(
                    content::read,
                    content.size(),
                    mostWhole,
                    FileTime.fromMillis(status(file).getModificationTime()));
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    private FileStatus status(java.nio.file.Path file) {
        return Objects.requireNonNull(files.get(file), () -> file + ": expected one of the folder's files, got none");
    }

    private static DataFileException refused(java.nio.file.Path file, Exception cause) {
        IOException reason = cause instanceof FileNotFoundException
                ? new NoSuchFileException(file.toString())
                : cause instanceof IOException failure ? failure : new IOException(cause.getMessage(), cause);
        return new DataFileException(file, "can't be read", reason);
    }
}

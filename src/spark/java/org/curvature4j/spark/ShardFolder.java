package org.curvature4j.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.curvature4j.internal.io.Json;
import org.curvature4j.io.DataFileException;

/**
 * The folder of a run's results, wherever it is. Files appear complete or not at all: they get their names when they are, so
 * that tasks that were repeated, or run twice at a time, leave one file.
 */
final class ShardFolder {
    private final FileSystem system;
    private final Path folder;
    /** Whether it is of this machine's own files. */
    private final boolean local;

    /** @param address a name of this machine's, or an address that Hadoop knows */
    ShardFolder(String address, Configuration configuration) {
        try {
            Path named = new Path(address);
            FileSystem found = named.getFileSystem(configuration);
            // Without checksums beside the files of a local disk: the manifest has better ones.
            this.system = found instanceof LocalFileSystem own ? own.getRaw() : found;
            this.local = found instanceof LocalFileSystem;
            this.folder = system.makeQualified(named);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--out: expected a folder that can be written, got '" + address + "': " + e.getMessage(), e);
        }
    }

    /** Its whole address. */
    String address() {
        return folder.toString();
    }

    /**
     * A folder of this machine, for files before they are put there: nearest to where they will be.
     *
     * @param within a folder there, which goes when the run is complete
     */
    java.nio.file.Path scratch(String within) throws IOException {
        if (!local) {
            return Files.createTempDirectory("curvature-shard");
        }
        java.nio.file.Path there = java.nio.file.Path.of(folder.toUri().getPath(), within);
        return Files.createTempDirectory(Files.createDirectories(there), ".attempt");
    }

    /** Moves a file of this machine there. */
    void put(java.nio.file.Path file, String name) {
        Path here = new Path(file.toUri());
        put(name, part -> {
            if (!local) {
                system.copyFromLocalFile(true, true, here, part);
            } else if (!system.mkdirs(part.getParent()) || !system.rename(here, part)) {
                throw new IOException("it can't be moved there from " + file);
            }
        });
    }

    /** Puts a value there, as JSON. */
    void write(String name, Object value) {
        put(name, part -> {
            try (FSDataOutputStream stream = system.create(part, true)) {
                stream.write((Json.text(value) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private interface Writing {
        void to(Path part) throws IOException;
    }

    private void put(String name, Writing writing) {
        ask(name, () -> {
            Path part = begun(name);
            try {
                writing.to(part);
                finish(part, name);
            } catch (IOException | RuntimeException e) {
                discard(part, e);
                throw e;
            }
            return true;
        });
    }

    /** A task that is ended has its thread interrupted, for which file systems don't work. */
    private void discard(Path part, Exception failure) {
        boolean interrupted = Thread.interrupted();
        try {
            system.delete(part, false);
        } catch (IOException e) {
            failure.addSuppressed(e); // the driver sweeps in the end
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A name of its own for each attempt, hidden from whoever lists the files. */
    private Path begun(String name) {
        Path target = new Path(folder, name);
        return new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
    }

    private void finish(Path part, String name) throws IOException {
        Path target = new Path(folder, name);
        // Some file systems replace what is there, others refuse: a complete one has the same bytes.
        if (!system.rename(part, target)) {
            boolean isThere = system.exists(target)
                    && system.getFileStatus(target).getLen()
                            == system.getFileStatus(part).getLen();
            if (!isThere) {
                throw new IOException("it can't get its name");
            }
            system.delete(part, false);
        }
    }

    /** A value that was written there; empty where there is none. */
    <T> Optional<T> read(String name, Class<T> type) {
        return ask(name, () -> {
            Path file = new Path(folder, name);
            if (!system.exists(file)) {
                return Optional.empty();
            }
            try (var stream = system.open(file)) {
                String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                return Optional.of(Json.read(java.nio.file.Path.of(name), text, type));
            }
        });
    }

    /** The names of files in a folder there; none where there is no such folder. */
    List<String> names(String within) {
        return ask(within, () -> list(within).stream()
                .map(file -> file.getPath().getName())
                .filter(name -> !name.startsWith("."))
                .toList());
    }

    /** Bytes of a file; -1 where there is none. */
    long length(String name) {
        return ask(name, () -> {
            Path file = new Path(folder, name);
            return system.exists(file) ? system.getFileStatus(file).getLen() : -1;
        });
    }

    /** Removes a folder there. */
    void delete(String name) {
        ask(name, () -> system.delete(new Path(folder, name), true));
    }

    /** Removes what tasks that were killed left in a folder there. */
    void sweep(String within) {
        ask(within, () -> {
            for (FileStatus file : list(within)) {
                if (file.getPath().getName().startsWith(".")) {
                    system.delete(file.getPath(), false);
                }
            }
            return true;
        });
    }

    private List<FileStatus> list(String within) throws IOException {
        try {
            return List.of(system.listStatus(new Path(folder, within)));
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    private interface Question<T> {
        T answer() throws IOException;
    }

    private <T> T ask(String name, Question<T> question) {
        try {
            return question.answer();
        } catch (IOException e) {
            throw new DataFileException(
                    java.nio.file.Path.of(folder.toUri().getPath(), name), "can't be read or written", e);
        }
    }
}

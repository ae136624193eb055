package org.curvature4j.internal.cli.shard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.shard.ShardManifest.Part;
import org.curvature4j.internal.cli.shard.ShardManifest.ShardedArray;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.internal.io.Json;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.NpyReader;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.curvature4j.stream.Progress;
import org.jspecify.annotations.Nullable;

/** The arrays of a folder that a run by shards left, each file held against its manifest. */
public final class ShardedArrays {
    private static final int BLOCK = 1 << 20;

    private final Path folder;
    private final ShardManifest manifest;

    private ShardedArrays(Path folder, ShardManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** @throws DataFileException if the folder has no manifest of a run by shards, or one that contradicts itself */
    public static ShardedArrays open(Path folder) {
        Path file = folder.resolve(Destination.MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new DataFileException(
                    folder,
                    "expected the folder of a run by shards, got one without a " + Destination.MANIFEST
                            + " (it is written when all shards are complete)");
        }
        ShardManifest manifest = Json.read(file, ShardManifest.class);
        if (manifest.format() != ShardManifest.FORMAT) {
            throw new DataFileException(
                    file,
                    "expected a manifest of format " + ShardManifest.FORMAT + ", got format " + manifest.format()
                            + (manifest.format() == 1 ? ", whose arrays are whole already" : ""));
        }
        manifest.arrays().forEach(array -> check(file, array));
        return new ShardedArrays(folder, manifest);
    }

    private static void check(Path file, ShardedArray array) {
        long next = 0;
        for (Part part : array.parts()) {
            boolean plain =
                    Path.of(part.name()).getNameCount() == 1 && !part.name().startsWith(".");
            if (part.first() != next || part.count() < 0 || !plain) {
                throw new DataFileException(
                        file,
                        "expected parts of " + array.name() + " that follow each other, got "
                                + part.name() + " with " + Numbers.count(part.count(), "row", "rows") + " from "
                                + part.first()
                                + " on after the first " + next);
            }
            next += part.count();
        }
        if (array.shape().isEmpty()
                || array.shape().get(0) != next
                || Path.of(array.name()).getNameCount() != 1) {
            throw new DataFileException(
                    file, "expected parts with all rows of " + array.name() + " " + array.shape() + ", got " + next);
        }
    }

    /** The array of a name, or the only one. */
    public ShardedArray array(@Nullable String name) {
        List<String> names = manifest.arrays().stream().map(ShardedArray::name).toList();
        if (name == null && names.size() == 1) {
            return manifest.arrays().get(0);
        }
        return manifest.arrays().stream()
                .filter(array -> array.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "--array: expected one of " + names + ", got " + (name == null ? "none" : "'" + name + "'")));
    }

    /**
     * Writes an array into one file, the bytes that one machine would have written.
     *
     * @param progress counts rows
     * @throws DataFileException if a part is missing or isn't what the manifest says
     */
    public void merge(ShardedArray array, Path target, Progress progress) {
        long[] shape = array.shape().stream().mapToLong(Long::longValue).toArray();
        try (NpyWriter writer = NpyWriter.create(target, type(array), shape)) {
            for (Part part : array.parts()) {
                copy(array, part, writer, progress);
            }
            writer.commit();
        }
    }

    private NpyType type(ShardedArray array) {
        return Arrays.stream(NpyType.values())
                .filter(type -> type.code().equals(array.dtype()))
                .findFirst()
                .orElseThrow(() -> new DataFileException(
                        folder.resolve(Destination.MANIFEST), "expected a dtype such as f8, got " + array.dtype()));
    }

    private void copy(ShardedArray array, Part part, NpyWriter writer, Progress progress) {
        Path file = folder.resolve(array.name()).resolve(part.name());
        try (NpyReader reader = NpyReader.open(file)) {
            long[] shape = array.shape().stream().mapToLong(Long::longValue).toArray();
            shape[0] = part.count();
            if (reader.type() != type(array) || !Arrays.equals(reader.shape(), shape)) {
                throw new DataFileException(
                        file,
                        "expected " + array.dtype() + " of shape " + Arrays.toString(shape)
                                + ", as the manifest says, got " + reader);
            }
            if (!Fingerprint.complete(file).equals(part.sha256())) {
                throw new DataFileException(
                        file, "expected the bytes that the manifest tells of, got changed or damaged ones");
            }
            copy(reader, part, writer, progress);
        }
    }

    private static void copy(NpyReader reader, Part part, NpyWriter writer, Progress progress) {
        long rowBytes = reader.rowLength() * reader.type().bytes();
        if (rowBytes == 0) {
            return;
        }
        long step = Math.max(1, BLOCK / rowBytes);
        ByteBuffer block = ByteBuffer.allocateDirect(Math.toIntExact(Math.min(step, part.count()) * rowBytes))
                .order(ByteOrder.nativeOrder());
        for (long row = 0; row < part.count(); row += step) {
            int some = (int) Math.min(step, part.count() - row);
            block.clear().limit(Math.toIntExact(some * rowBytes));
            reader.readRows(row, some, block);
            writer.writeRows(part.first() + row, block.flip());
            progress.advance(some);
        }
    }
}

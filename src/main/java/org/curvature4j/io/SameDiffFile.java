package org.curvature4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.curvature4j.internal.io.ForeignFormat;
import org.curvature4j.internal.io.ForeignModel;
import org.curvature4j.internal.io.StoredFile;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
import org.nd4j.graph.FlatArray;
import org.nd4j.graph.FlatGraph;
import org.nd4j.graph.FlatNode;
import org.nd4j.graph.FlatProperties;
import org.nd4j.graph.FlatVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.shape.Shape;

/**
 * Loads what {@code SameDiff.save} wrote. ND4J believes every number in such a file: with a damaged shape its native code
 * reads beyond the data and ends the JVM. Therefore every array is checked here before ND4J sees the file.
 */
public final class SameDiffFile {
    private static final int MOST_AXES = 32;
    /** A graph with an input has at least a table, a name and a shape. */
    private static final int SHORTEST = 16;

    private final Path file;

    private SameDiffFile(Path file) {
        this.file = file;
    }

    /**
     * Loads a graph. Of its training it knows which placeholders take the features and the labels, and nothing else: give
     * it a configuration before you train it on.
     *
     * @throws DataFileException if there is no such file, or it isn't a SameDiff file, or it is damaged
     */
    public static SameDiff load(Path file) {
        StoredFile.require(file, "a SameDiff file");
        if (Files.isDirectory(file)) {
            throw new DataFileException(file, "expected a SameDiff file, got " + ForeignModel.folder(file));
        }
        return new SameDiffFile(file).graph();
    }

    private SameDiff graph() {
        byte[] bytes = bytes();
        if (bytes.length < SHORTEST) {
            throw new DataFileException(
                    file,
                    "expected a SameDiff file, got "
                            + (bytes.length == 0 ? ForeignFormat.of(bytes) : bytes.length + " bytes"));
        }
        // A training configuration names Java classes, whose code SameDiff would run.
        byte[] harmless = guarded(bytes, () -> {
            byte[] reduced = FlatRoot.without(bytes, FlatRoot.TRAINING_CONFIGURATION, FlatRoot.UPDATER_STATE);
            check(FlatGraph.getRootAsFlatGraph(ByteBuffer.wrap(reduced)), reduced.length);
            return reduced;
        });
        return guarded(bytes, () -> {
            SavedOperations operations = SavedOperations.prepare(harmless);
            SameDiff graph = parsed(harmless);
            operations.restore(graph);
            DataMapping.read(
                            FlatGraph.getRootAsFlatGraph(ByteBuffer.wrap(bytes)).trainingConfig())
                    .apply(graph);
            return graph;
        });
    }

    private SameDiff parsed(byte[] bytes) {
        try {
            return SameDiff.fromFlatBuffers(ByteBuffer.wrap(bytes), false);
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        } catch (RuntimeException e) {
            explain(FlatGraph.getRootAsFlatGraph(ByteBuffer.wrap(bytes)));
            throw e;
        }
    }

    /** Says which operation it is, if it is one, that SameDiff can't load. */
    private void explain(FlatGraph graph) {
        for (int i = 0; i < graph.nodesLength(); i++) {
            FlatNode node = graph.nodes(i);
            try {
                FlatBuffersMapper.fromFlatNode(node);
            } catch (RuntimeException e) {
                Throwable reason = e;
                while (reason.getCause() != null) {
                    reason = reason.getCause();
                }
                throw failure(
                        "operation '" + node.name() + "': expected one that SameDiff can load again, got '"
                                + node.opName() + "', which it can't (" + reason.getMessage() + ")",
                        e);
            }
        }
    }

    private DataFileException failure(String message, Throwable cause) {
        DataFileException failure = new DataFileException(file, message);
        failure.initCause(cause);
        return failure;
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        } catch (OutOfMemoryError e) {
            throw new DataFileException(file, "expected a SameDiff file, which holds 2 GiB at most, got a larger file");
        }
    }

    /** Whatever goes wrong in parsing goes wrong because of the file; lengths that lie can ask for any memory. */
    private <T> T guarded(byte[] bytes, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (DataFileException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw failure("expected a file written by SameDiff.save, got " + ForeignModel.of(file, bytes), e);
        }
    }

    /** Names are there and differ, arrays fit their data, and lists are no longer than the file can hold. */
    private void check(FlatGraph graph, long length) {
        Set<String> names = new HashSet<>();
        // Entries of lists may lie, or many lists may be one: in an honest file each entry has bytes of its own.
        long entries = (long) graph.variablesLength() + graph.nodesLength();
        requireEntries(entries, length);
        for (int i = 0; i < graph.variablesLength(); i++) {
            FlatVariable variable = graph.variables(i);
            requireName(names, variable.name(), "variable");
            entries += variable.shapeLength() + variable.controlDepsLength();
            requireEntries(entries, length);
            check(variable.ndarray(), variable.name());
        }
        names.clear();
        for (int i = 0; i < graph.nodesLength(); i++) {
            FlatNode node = graph.nodes(i);
            requireName(names, node.name(), "operation");
            entries += (long) node.inputLength() + node.inputPairedLength() + node.outputLength();
            entries += (long) node.extraParamsLength() + node.extraIntegerLength() + node.extraBoolsLength();
            entries += (long) node.extraTypesLength() + node.extraStringsLength() + node.dimensionsLength();
            entries += (long) node.outputNamesLength() + node.propertiesLength();
            requireEntries(entries, length);
            check(node.scalar(), node.name());
            for (int j = 0; j < node.propertiesLength(); j++) {
                FlatProperties property = node.properties(j);
                entries += (long) property.iLength() + property.lLength() + property.dLength();
                entries += (long) property.aLength() + property.bLength() + property.sLength();
                requireEntries(entries, length);
                for (int k = 0; k < property.aLength(); k++) {
                    check(property.a(k), node.name());
                }
            }
        }
    }

    private void requireName(Set<String> names, @Nullable String name, String kind) {
        if (name == null) {
            throw new DataFileException(file, "expected a name for each " + kind + ", got none (damaged file)");
        }
        if (!names.add(name)) {
            throw new DataFileException(
                    file, kind + " '" + name + "': expected another name for each, got it twice (damaged file)");
        }
    }

    private void requireEntries(long entries, long most) {
        if (entries < 0 || entries > most) {
            throw new DataFileException(
                    file, "expected lists that the file can hold, got more entries than bytes (damaged file)");
        }
    }

    /** Every element that the shape and strides reach must lie in the data. */
    private void check(FlatArray array, String name) {
        if (array == null) {
            return;
        }
        long rank = array.shape(0);
        if (rank < 0 || rank > MOST_AXES || array.shapeLength() < Shape.shapeInfoLength(rank)) {
            throw damaged(name, rank + " axes");
        }
        boolean empty = IntStream.range(0, (int) rank).anyMatch(axis -> array.shape(1 + axis) == 0);
        long elements = 1;
        long reach = 0;
        for (int axis = 0; axis < rank; axis++) {
            long size = array.shape(1 + axis);
            long stride = array.shape(1 + (int) rank + axis);
            boolean plausible = size >= 0
                    && stride >= 0
                    && size <= (empty ? Integer.MAX_VALUE : array.bufferLength())
                    && stride <= Integer.MAX_VALUE;
            if (!plausible) {
                throw damaged(name, "an axis of size " + size + " and stride " + stride);
            }
            elements *= size;
            reach += Math.max(0, size - 1) * stride;
            if (!empty && elements > array.bufferLength()) {
                throw damaged(name, "more elements than bytes");
            }
        }
        DataType type = FlatBuffersMapper.getDataTypeFromByte(array.dtype());
        if (type == DataType.BFLOAT16) {
            throw new DataFileException(
                    file,
                    "variable '" + name + "': expected numbers that SameDiff reads as it saved them, got BFLOAT16"
                            + " (cast it to FLOAT before saving)");
        }
        long bytes = type == DataType.UTF8 ? 0 : elements * type.width();
        if (!empty && (bytes > array.bufferLength() || reach >= elements)) {
            throw damaged(name, elements + " elements of " + type + " in " + array.bufferLength() + " bytes");
        }
    }

    private DataFileException damaged(String name, String found) {
        return new DataFileException(
                file,
                "variable '" + name + "': expected an array that its data can hold, got " + found + " (damaged file)");
    }
}

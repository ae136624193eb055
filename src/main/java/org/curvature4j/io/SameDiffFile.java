package org.curvature4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
import org.nd4j.graph.FlatArray;
import org.nd4j.graph.FlatGraph;
import org.nd4j.graph.FlatNode;
import org.nd4j.graph.FlatProperties;
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
     * Loads a graph, without the state of its training.
     *
     * @throws DataFileException if there is no such file, or it isn't a SameDiff file, or it is damaged
     */
    public static SameDiff load(Path file) {
        if (Files.isDirectory(file)) {
            throw new DataFileException(file, "expected a SameDiff file, got a folder");
        }
        return new SameDiffFile(file).graph();
    }

    private SameDiff graph() {
        byte[] bytes = bytes();
        if (bytes.length < SHORTEST) {
            throw new DataFileException(file, "expected a SameDiff file, got " + bytes.length + " bytes");
        }
        guarded(() -> {
            checkArrays(FlatGraph.getRootAsFlatGraph(ByteBuffer.wrap(bytes)));
            return true;
        });
        return guarded(() -> {
            try {
                return SameDiff.fromFlatBuffers(ByteBuffer.wrap(bytes), false);
            } catch (IOException e) {
                throw new DataFileException(file, "can't be read", e);
            }
        });
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
    private <T> T guarded(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (DataFileException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            DataFileException failure = new DataFileException(
                    file, "expected a file written by SameDiff.save, got another format or a damaged file");
            failure.initCause(e);
            throw failure;
        }
    }

    private void checkArrays(FlatGraph graph) {
        for (int i = 0; i < graph.variablesLength(); i++) {
            String name = graph.variables(i).name();
            if (name == null) {
                throw new DataFileException(file, "expected a name for each variable, got none (damaged file)");
            }
            check(graph.variables(i).ndarray(), name);
        }
        for (int i = 0; i < graph.nodesLength(); i++) {
            FlatNode node = graph.nodes(i);
            check(node.scalar(), node.name());
            for (int j = 0; j < node.propertiesLength(); j++) {
                FlatProperties property = node.properties(j);
                for (int k = 0; k < property.aLength(); k++) {
                    check(property.a(k), node.name());
                }
            }
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
        long elements = 1;
        long reach = 0;
        for (int axis = 0; axis < rank; axis++) {
            long size = array.shape(1 + axis);
            long stride = array.shape(1 + (int) rank + axis);
            boolean plausible = size >= 0 && stride >= 0 && size <= array.bufferLength() && stride <= Integer.MAX_VALUE;
            if (!plausible) {
                throw damaged(name, "an axis of size " + size + " and stride " + stride);
            }
            elements *= size;
            reach += Math.max(0, size - 1) * stride;
            if (elements > array.bufferLength()) {
                throw damaged(name, "more elements than bytes");
            }
        }
        DataType type = FlatBuffersMapper.getDataTypeFromByte(array.dtype());
        long bytes = type == DataType.UTF8 ? 0 : elements * type.width();
        if (bytes > array.bufferLength() || reach >= Math.max(1, elements)) {
            throw damaged(name, elements + " elements of " + type + " in " + array.bufferLength() + " bytes");
        }
    }

    private DataFileException damaged(String name, String found) {
        return new DataFileException(
                file,
                "variable '" + name + "': expected an array that its data can hold, got " + found + " (damaged file)");
    }
}

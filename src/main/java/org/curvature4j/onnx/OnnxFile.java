package org.curvature4j.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.ModelProto;
import org.curvature4j.internal.io.ForeignFormat;
import org.curvature4j.io.DataFileException;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Loads ONNX models, as PyTorch, Keras and others export them. */
public final class OnnxFile {
    private OnnxFile() {}

    /**
     * Reads a model into a new SameDiff graph, owned by the caller. The names are the file's. Inputs become
     * placeholders, sizes that aren't fixed -1; floating weights with axes become variables, so that derivatives
     * by parameters may be asked for; all floating numbers are float64, whatever the file's width. Weights of
     * training that don't influence the outputs, and dropout, are left out.
     *
     * @throws DataFileException if there is no such file, or it isn't an ONNX model, or it has an operator or a use of one
     *     that isn't known here; the message names every operator
     */
    public static SameDiff load(Path file) {
        if (Files.isDirectory(file)) {
            throw new DataFileException(file, "expected an ONNX model, got a folder");
        }
        ModelProto model = parse(file);
        try {
            return new OnnxGraph(model).read();
        } catch (IllegalArgumentException e) {
            throw failure(file, String.valueOf(e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw failure(
                    file, "expected numbers that memory suffices for, got more (more of it: JAVA_OPTS=-Xmx8g)", e);
        }
    }

    private static ModelProto parse(Path file) {
        byte[] bytes = {};
        try {
            bytes = Files.readAllBytes(file);
            ModelProto model = ModelProto.parseFrom(bytes);
            if (!model.hasGraph()) {
                throw new DataFileException(
                        file,
                        "expected an ONNX model, got "
                                + (bytes.length == 0 ? ForeignFormat.of(bytes) : "a file without a graph"));
            }
            return model;
        } catch (InvalidProtocolBufferException e) {
            throw failure(file, "expected an ONNX model, got " + ForeignFormat.of(bytes), e);
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        } catch (OutOfMemoryError e) {
            throw new DataFileException(file, "expected an ONNX model, which holds 2 GiB at most, got a larger file");
        }
    }

    private static DataFileException failure(Path file, String message, Throwable cause) {
        DataFileException failure = new DataFileException(file, message);
        failure.initCause(cause);
        return failure;
    }
}

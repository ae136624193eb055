package org.curvature4j.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.ModelProto;
import org.curvature4j.internal.io.ForeignFormat;
import org.curvature4j.internal.io.ForeignModel;
import org.curvature4j.internal.io.StoredFile;
import org.curvature4j.io.DataFileException;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Loads ONNX models, as PyTorch, Keras and others export them. */
public final class OnnxFile {
    private OnnxFile() {}

    /** As {@link #load(Path, Quantized)}, refusing computed numbers that are rounded to a few steps. */
    public static SameDiff load(Path file) {
        return load(file, Quantized.REFUSED);
    }

    /**
     * Reads a model into a new SameDiff graph, owned by the caller, that holds the file's nodes. The names are the file's.
     * Inputs become placeholders, sizes that aren't fixed -1; floating weights with axes become variables, so that
     * derivatives by parameters may be asked for; all floating numbers are float64, whatever the file's width. Numbers in
     * other files are read from the model's folder and below.
     *
     * <p>Functions of the graph are computed by this library alone: SameDiff has no operations for most of ONNX's, and
     * throws {@link UnsupportedOperationException} where it is asked to run, differentiate, copy or save one. {@link
     * org.curvature4j.samediff.SameDiffExport#runnable} makes a graph that it runs and saves.
     *
     * @throws DataFileException if there is no such file, or it isn't an ONNX model. An operator that isn't known here, or
     *     operands that a node can't take, are told when a function is made of what needs them
     */
    public static SameDiff load(Path file, Quantized quantized) {
        StoredFile.require(file, "an ONNX model");
        if (Files.isDirectory(file)) {
            throw new DataFileException(file, "expected an ONNX model, got " + ForeignModel.folder(file));
        }
        ModelProto model = parse(file);
        try {
            OnnxData data = new OnnxData(file.toAbsolutePath().getParent());
            return new OnnxGraph(model, data, quantized).read();
        } catch (IllegalArgumentException e) {
            throw failure(file, String.valueOf(e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw failure(
                    file, "expected numbers that memory suffices for, got more (more of it: JAVA_OPTS=-Xmx8g)", e);
        }
    }

    /**
     * The files beside the model's own that hold its numbers (external data): they are part of what the model is.
     *
     * @param model from {@link #load(Path)}
     * @return in order; empty where the model's file holds all
     */
    public static List<Path> dataFiles(SameDiff model) {
        return model.getOps().values().stream()
                .map(SameDiffOp::getOp)
                .filter(OnnxOp.class::isInstance)
                .findFirst()
                .map(op -> ((OnnxOp) op).library().tensors().data().files())
                .orElse(List.of());
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
            throw failure(file, "expected an ONNX model, got " + ForeignModel.of(file, bytes), e);
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        } catch (OutOfMemoryError e) {
            throw new DataFileException(
                    file,
                    "expected an ONNX model, which holds 2 GiB at most, got a larger file (export its numbers into"
                            + " another one: save_as_external_data=True)");
        }
    }

    private static DataFileException failure(Path file, String message, Throwable cause) {
        DataFileException failure = new DataFileException(file, message);
        failure.initCause(cause);
        return failure;
    }
}

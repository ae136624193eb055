package org.curvature4j.internal.cli.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.curvature4j.onnx.Quantized;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is gone on with is that of the same model: of its weights too, where these are in files of their own. */
class ModelFilesTest {
    @TempDir
    private Path folder;

    private String fingerprint(byte weight) throws IOException {
        TensorProto tensor = TensorProto.newBuilder()
                .setName("w")
                .setDataType(TensorProto.DataType.DOUBLE_VALUE)
                .addDims(1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("w.bin"))
                .build();
        ModelProto model = ModelProto.newBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(GraphProto.newBuilder()
                        .addInitializer(tensor)
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Tanh")
                                .addInput("w")
                                .addOutput("y")))
                .build();
        Path file = Files.write(folder.resolve("m.onnx"), model.toByteArray());
        Files.write(
                folder.resolve("w.bin"), ByteBuffer.allocate(8).put(0, weight).array());
        return GraphSource.open(file.toString(), 0, Quantized.REFUSED).fingerprint(0);
    }

    @Test
    void otherWeightsBesideItMakeItAnotherModel() throws IOException {
        assertThat(fingerprint((byte) 1)).isEqualTo(fingerprint((byte) 1)).isNotEqualTo(fingerprint((byte) 2));
    }
}

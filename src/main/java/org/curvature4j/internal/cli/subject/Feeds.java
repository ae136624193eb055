package org.curvature4j.internal.cli.subject;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.curvature4j.data.DataFile;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.Csv;
import org.curvature4j.io.Npy;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The data that the command line gives to placeholders, in the placeholders' types. */
final class Feeds {
    private Feeds() {}

    /**
     * Reads all of them.
     *
     * @throws UsageException if the graph has no such placeholder
     * @throws IllegalArgumentException if the numbers don't fit the placeholder's type
     */
    static Map<String, INDArray> read(SameDiff graph, Map<String, Path> files) {
        Map<String, INDArray> feeds = new LinkedHashMap<>();
        files.forEach((name, file) -> {
            if (!graph.inputs().contains(name)) {
                throw new UsageException(
                        "--feed: expected one of the placeholders " + graph.inputs() + ", got '" + name + "'");
            }
            feeds.put(name, fitting(graph.getVariable(name), array(file)));
        });
        return feeds;
    }

    /** A whole array, .csv or .npy by the file's ending. */
    static INDArray array(Path file) {
        return DataFile.isTable(file) ? Csv.read(file).values() : Npy.read(file);
    }

    private static INDArray fitting(SDVariable placeholder, INDArray value) {
        return cast(placeholder.name(), placeholder.dataType(), value);
    }

    /**
     * Values in a placeholder's type; the array itself where it has that.
     *
     * @throws IllegalArgumentException if the type is one of whole numbers and some value is none
     */
    static INDArray cast(String placeholder, DataType type, INDArray value) {
        return HostArray.as("feed '" + placeholder + "'", value, type);
    }
}

package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.io.SameDiffFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** What is imported from a file is what was imported before it was saved. */
class SavedGraphTest {
    @TempDir
    private Path folder;

    static Stream<ImportCase> rows() {
        // ND4J loses all outputs of svd but the values when it loads one, and doesn't know the pools by norms that it
        // saves.
        return ImportTables.all()
                .filter(row ->
                        !row.name().equals("svd with vectors") && !row.name().startsWith("pnormpool2d"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void importsAlikeAfterSavingAndLoading(ImportCase row) {
        Sample sample = new Sample();
        List<String> outputs =
                Arrays.stream(row.build().apply(sample)).map(SDVariable::name).toList();
        SameDiff loaded = throughFile(sample.sd);
        Map<String, Shape> inputs = new LinkedHashMap<>();
        sample.values.forEach((name, array) -> inputs.put(name, Shape.of(array.shape())));
        assertThat(SameDiffImport.graph(loaded, outputs, inputs, ImportRules.standard())
                        .toString())
                .isEqualTo(sample.graph(outputs).toString());
    }

    private SameDiff throughFile(SameDiff sd) {
        File file = folder.resolve("graph.fb").toFile();
        sd.save(file, false);
        return SameDiffFile.load(file.toPath());
    }

    @Test
    void readsAVarianceOverAllAsItWasBuilt() {
        Sample sample = new Sample();
        SDVariable output = sample.sd.variance(sample.of(1, 2, 4), false, 0);
        SameDiff loaded = throughFile(sample.sd);
        INDArray expected = loaded.outputSingle(Map.of(), output.name());
        Graph graph = SameDiffImport.graph(loaded, List.of(output.name()), Map.of(), ImportRules.standard());
        assertThat(ImportChecks.run(graph, List.of()).get(0).getDouble(0))
                .isCloseTo(expected.getDouble(0), within(1e-14))
                .isCloseTo(14.0 / 9, within(1e-14));
    }

    @Test
    void runsAReplacementAsItWasBuilt() {
        Sample sample = new Sample();
        SDVariable output =
                sample.sd.replaceWhere(sample.of(1, 0.25, 4), sample.of(5, 6, 7), Conditions.lessThanOrEqual(0.5));

        INDArray result = throughFile(sample.sd).outputSingle(Map.of(), output.name());

        assertThat(result.toDoubleVector()).containsExactly(1, 6, 4);
    }
}

package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
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
    /** ND4J can't save or load these, or loads another operation. */
    private static final Set<String> SPOILT_BY_ND4J =
            Set.of("logSoftmax 0", "leakyReluDerivative", "mish", "replaceWhere tensor", "variance of all[1]");

    @TempDir
    private Path folder;

    static Stream<ImportCase> rows() {
        return ImportTables.all().filter(row -> !SPOILT_BY_ND4J.contains(row.name()));
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
        return SameDiff.load(file, false);
    }

    @Test
    void aConditionThatNd4jLosesIsRefusedInsteadOfGuessed() {
        Sample sample = new Sample();
        SDVariable output =
                sample.sd.replaceWhere(sample.real(2, 3), sample.real(2, 3), Conditions.lessThanOrEqual(0.5));
        SameDiff loaded = throughFile(sample.sd);
        assertThatThrownBy(() -> SameDiffImport.graph(loaded, List.of(output.name()), Map.of(), ImportRules.standard()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rebuild it with where");
    }

    @Test
    void aVarianceOfAllIsLoadedAsNd4jLoadsIt() {
        Sample sample = new Sample();
        SDVariable output = sample.sd.variance(sample.of(1, 2, 4), false, 0);
        SameDiff loaded = throughFile(sample.sd);
        INDArray expected = loaded.outputSingle(Map.of(), output.name());
        Graph graph = SameDiffImport.graph(loaded, List.of(output.name()), Map.of(), ImportRules.standard());
        assertThat(ImportChecks.run(graph, List.of()).get(0).getDouble(0))
                .isCloseTo(expected.getDouble(0), within(1e-14))
                .isCloseTo(7.0 / 3, within(1e-14));
    }
}

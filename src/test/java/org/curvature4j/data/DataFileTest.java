package org.curvature4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DataFileTest {
    @TempDir
    Path folder;

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text);
    }

    private Path array(String name, INDArray values) {
        Path file = folder.resolve(name);
        Npy.write(file, values);
        return file;
    }

    private static double[][] matrix(INDArray array) {
        return array.dup('c').toDoubleMatrix();
    }

    @Test
    void theLastColumnIsTheTarget() throws IOException {
        Dataset data = DataFile.load(table("a,b,y\n1,2,3\n4,5,6\n"));

        assertThat(data.featureNames()).containsExactly("a", "b");
        assertThat(matrix(data.features())).isDeepEqualTo(new double[][] {{1, 2}, {4, 5}});
        assertThat(matrix(data.targets())).isDeepEqualTo(new double[][] {{3}, {6}});
    }

    @Test
    void anyColumnCanBeTheTarget() throws IOException {
        Path file = table("a,b,y\n1,2,3\n4,5,6\n");

        for (String column : new String[] {"b", "2"}) {
            Dataset data = DataFile.load(file, column);
            assertThat(data.featureNames()).containsExactly("a", "y");
            assertThat(matrix(data.features())).isDeepEqualTo(new double[][] {{1, 3}, {4, 6}});
            assertThat(matrix(data.targets())).isDeepEqualTo(new double[][] {{2}, {5}});
        }
        assertThat(matrix(DataFile.load(file, "a").features())).isDeepEqualTo(new double[][] {{2, 3}, {5, 6}});
    }

    @Test
    void tablesNeedNoNames() throws IOException {
        Dataset data = DataFile.load(table("1;2\n3;4\n"), "1");

        assertThat(data.featureNames()).isEmpty();
        assertThat(matrix(data.features())).isDeepEqualTo(new double[][] {{2}, {4}});
    }

    @Test
    void arraysComeWithTargetsOfTheirOwn() {
        Path features = array("x.npy", Nd4j.ones(DataType.FLOAT, 3, 2, 2));
        Path targets = array("y.npy", Nd4j.createFromArray(0, 1, 2));

        Dataset data = DataFile.load(features, targets);

        assertThat(data.features().shape()).containsExactly(3, 2, 2);
        assertThat(data.features().dataType()).isEqualTo(DataType.FLOAT);
        assertThat(data.targets().shape()).containsExactly(3, 1);
        assertThat(data.withClasses(3).labels()).containsExactly(0, 1, 2);
        assertThat(DataFile.load(features).hasTargets()).isFalse();
    }

    @Test
    void errorsNameFileRowAndColumn() throws IOException {
        Path infinite = table("a,b\n1,2\n3,inf\n");
        assertThatThrownBy(() -> DataFile.load(infinite))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("data.csv: row 2, column 2 (b): expected a finite number");
        Path words = table("1,2\n3,x\n");
        assertThatThrownBy(() -> DataFile.load(words)).hasMessageContaining("line 2, column 2: expected a number");
        Path narrow = table("1\n2\n");
        assertThatThrownBy(() -> DataFile.load(narrow)).hasMessageContaining("2 or more columns");
        Path empty = table("a,b\n");
        assertThatThrownBy(() -> DataFile.load(empty)).hasMessageContaining("expected rows of numbers");
    }

    @Test
    void errorsNameTheColumnsThereAre() throws IOException {
        Path file = table("a,b,b\n1,2,3\n");
        assertThatThrownBy(() -> DataFile.load(file, "c")).hasMessageContaining("[a, b, b], got 'c'");
        assertThatThrownBy(() -> DataFile.load(file, "4")).hasMessageContaining("from 1 to 3");
        assertThatThrownBy(() -> DataFile.load(file, "b")).hasMessageContaining("which several have");
    }

    @Test
    void errorsNameBothFilesThatDisagree() {
        Path features = array("x.npy", Nd4j.ones(DataType.DOUBLE, 3, 2));
        Path targets = array("y.npy", Nd4j.ones(DataType.DOUBLE, 4, 1));
        assertThatThrownBy(() -> DataFile.load(features, targets))
                .hasMessageContaining("y.npy: expected 3 rows as in ")
                .hasMessageContaining("x.npy, got 4");
    }
}

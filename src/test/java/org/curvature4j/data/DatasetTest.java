package org.curvature4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DatasetTest {
    /** Row i holds 10 i, 10 i + 1, 10 i + 2; its label is i modulo 3. */
    private static Dataset counted(int rows) {
        double[][] features = new double[rows][];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            features[i] = new double[] {10 * i, 10 * i + 1, 10 * i + 2};
            labels[i] = i % 3;
        }
        return Dataset.of(Nd4j.createFromArray(features), labels, 3);
    }

    private static double[][] matrix(INDArray array) {
        return array.dup('c').toDoubleMatrix();
    }

    @Test
    void digitsAreWhatUciHas() {
        Dataset digits = Dataset.digits();

        assertThat(digits.features().shape()).containsExactly(1797, 64);
        assertThat(digits.targets().shape()).containsExactly(1797, 10);
        assertThat(digits.features().dataType()).isEqualTo(DataType.DOUBLE);
        // The counts that the data set's own description (optdigits.names) gives for the test part.
        int[] counts = new int[10];
        Arrays.stream(digits.labels()).forEach(label -> counts[label]++);
        assertThat(counts).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
        assertThat(digits.features().minNumber().doubleValue()).isZero();
        assertThat(digits.features().maxNumber().doubleValue()).isEqualTo(1);
        // The first image: 0, 0, 5, 13, 9, 1, 0, 0 sixteenths in its first line, and a zero.
        assertThat(Arrays.copyOf(digits.features().getRow(0).toDoubleVector(), 8))
                .containsExactly(0, 0, 0.3125, 0.8125, 0.5625, 0.0625, 0, 0);
        assertThat(digits.targets().getRow(0).toDoubleVector()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(digits.labels()[1796]).isEqualTo(8);
        assertThat(digits.targets().sumNumber().doubleValue()).isEqualTo(1797);
    }

    @Test
    void rowsKeepFeaturesTargetsAndLabelsTogether() {
        Dataset some = counted(7).rows(3, 2);

        assertThat(matrix(some.features())).isDeepEqualTo(new double[][] {{30, 31, 32}, {40, 41, 42}});
        assertThat(matrix(some.targets())).isDeepEqualTo(new double[][] {{1, 0, 0}, {0, 1, 0}});
        assertThat(some.labels()).containsExactly(0, 1);
    }

    @Test
    void oneRowIsStillAMatrix() {
        Dataset last = counted(7).rows(6, 1);

        assertThat(last.features().shape()).containsExactly(1, 3);
        assertThat(last.targets().shape()).containsExactly(1, 3);
    }

    @Test
    void shufflingMovesWholeRowsAndLeavesTheOriginalAlone() {
        Dataset given = counted(50);
        double[][] before = matrix(given.features());

        Dataset shuffled = given.shuffled(4);

        double[][] features = matrix(shuffled.features());
        assertThat(matrix(given.features())).isDeepEqualTo(before);
        assertThat(features).isNotEqualTo(before).hasDimensions(50, 3);
        assertThat(Arrays.stream(features).mapToDouble(row -> row[0]).sorted().toArray())
                .containsExactly(
                        Arrays.stream(before).mapToDouble(row -> row[0]).toArray());
        for (int i = 0; i < 50; i++) {
            int row = (int) (features[i][0] / 10);
            assertThat(features[i][2]).isEqualTo(10 * row + 2);
            assertThat(shuffled.labels()[i]).isEqualTo(row % 3);
            assertThat(shuffled.targets().getDouble(i, row % 3)).isEqualTo(1);
        }
    }

    @Test
    void aSeedFixesTheOrderOnEveryPlatform() {
        assertThat(Examples.shuffled(10, 7)).containsExactly(Examples.shuffled(10, 7));
        assertThat(Examples.shuffled(10, 8)).isNotEqualTo(Examples.shuffled(10, 7));
        assertThat(Examples.shuffled(8, 0)).containsExactly(2, 4, 6, 5, 1, 7, 0, 3);
    }

    @Test
    void shufflesArraysOfAnyRankAndLayout() {
        INDArray cubes =
                Nd4j.arange(24).castTo(DataType.FLOAT).reshape('c', 2, 3, 4).permute(1, 0, 2);
        Dataset shuffled =
                Dataset.of(cubes, Nd4j.createFromArray(0.0, 1.0, 2.0)).shuffled(5);

        assertThat(shuffled.features().shape()).containsExactly(3, 2, 4);
        assertThat(shuffled.features().dataType()).isEqualTo(DataType.FLOAT);
        for (int i = 0; i < 3; i++) {
            int row = shuffled.targets().getInt(i, 0);
            assertThat(shuffled.features().getDouble(i, 1, 2)).isEqualTo(cubes.getDouble(row, 1, 2));
        }
    }

    @Test
    void splitsKeepEveryRowOnce() {
        Dataset.Split split = counted(10).split(0.25, 3);

        assertThat(split.heldOut().rows()).isEqualTo(3);
        assertThat(split.train().rows()).isEqualTo(7);
        double sum = split.train().features().sumNumber().doubleValue()
                + split.heldOut().features().sumNumber().doubleValue();
        assertThat(sum).isEqualTo(counted(10).features().sumNumber().doubleValue());
        assertThat(counted(2).split(0.01, 3).heldOut().rows()).isEqualTo(1);
        assertThat(counted(2).split(0.99, 3).train().rows()).isEqualTo(1);
    }

    @Test
    void columnsOfLabelsBecomeOneHot() {
        Dataset classes = Dataset.of(Nd4j.ones(DataType.DOUBLE, 3, 2), Nd4j.createFromArray(2.0, 0.0, 1.0))
                .withClasses(3);

        assertThat(classes.labels()).containsExactly(2, 0, 1);
        assertThat(matrix(classes.targets())).isDeepEqualTo(new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}});
        assertThat(Dataset.of(classes.features(), classes.targets())
                        .withClasses(3)
                        .labels())
                .containsExactly(2, 0, 1);
    }

    @Test
    void labelsThatAreNoClassesAreRefusedByRow() {
        INDArray features = Nd4j.ones(DataType.DOUBLE, 2, 2);
        assertThatThrownBy(() ->
                        Dataset.of(features, Nd4j.createFromArray(1.0, 2.5)).withClasses(3))
                .hasMessageContaining("targets: expected whole numbers from 0 to 2, got 2.5 in row 1");
        assertThatThrownBy(() ->
                        Dataset.of(features, Nd4j.createFromArray(3.0, 1.0)).withClasses(3))
                .hasMessageContaining("got 3 in row 0");
        assertThatThrownBy(() ->
                        Dataset.of(features, Nd4j.createFromArray(-1.0, 1.0)).withClasses(3))
                .hasMessageContaining("got -1 in row 0");
        assertThatThrownBy(() ->
                        Dataset.of(features, Nd4j.ones(DataType.DOUBLE, 2, 3)).withClasses(3))
                .hasMessageContaining("rows with a single 1 among 3 numbers");
        assertThatThrownBy(() -> Dataset.of(features, new int[] {0, 9}, 9))
                .hasMessageContaining("labels: expected whole numbers from 0 to 8, got 9 in row 1");
    }

    @Test
    void refusesWhatIsNoDataSet() {
        INDArray spoiled = Nd4j.ones(DataType.DOUBLE, 3, 2);
        spoiled.putScalar(2, 1, Double.NaN);
        assertThatThrownBy(() -> Dataset.of(spoiled)).hasMessageContaining("number 1 of row 2");
        assertThatThrownBy(() -> Dataset.of(Nd4j.ones(DataType.DOUBLE, 3, 2), Nd4j.ones(DataType.DOUBLE, 2, 1)))
                .hasMessageContaining("targets: expected 3 rows as of the features, got [2, 1]");
        assertThatThrownBy(() -> Dataset.of(Nd4j.scalar(1.0))).hasMessageContaining("features: expected [N, ...]");
        assertThatThrownBy(() -> counted(3).rows(1, 3)).hasMessageContaining("rows: expected 1 or more of 3");
        assertThatThrownBy(() -> counted(3).first(0)).hasMessageContaining("got 0 from row 0");
        assertThatThrownBy(() -> counted(1).split(0.5, 1)).hasMessageContaining("2 or more rows");
        assertThatThrownBy(() -> counted(3).split(1, 1)).hasMessageContaining("a share between 0 and 1");
        assertThatThrownBy(() -> Dataset.of(Nd4j.ones(2, 2)).targets())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got features only");
    }
}

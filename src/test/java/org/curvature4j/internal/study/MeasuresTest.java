package org.curvature4j.internal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.operator.DiagonalOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the study measures, where the answer is known. */
class MeasuresTest {
    @BeforeAll
    static void start() {
        Backend.get();
    }

    @Test
    void findsTheLargestGap() {
        Gaps gaps = Gaps.of(new double[] {8, 7, 6, 2, 1.5, 1.4}, 5);

        assertThat(gaps.outliers()).isEqualTo(3);
        assertThat(gaps.largest()).isEqualTo(3);
        assertThat(gaps.after(4)).isEqualTo(2 / 1.5);
        assertThat(gaps.place(3)).isEqualTo(1);
        assertThat(gaps.place(4)).isEqualTo(2);
    }

    @Test
    void theFirstOfEqualGapsCounts() {
        assertThat(Gaps.of(new double[] {8, 4, 2, 1}, 3).outliers()).isEqualTo(1);
    }

    @Test
    void beforeWhatIsNotPositiveTheGapIsInfinite() {
        Gaps gaps = Gaps.of(new double[] {8, 1, 0, -1}, 3);

        assertThat(gaps.outliers()).isEqualTo(2);
        assertThat(gaps.largest()).isInfinite();
        assertThat(Numbers.significant(gaps.largest(), 3)).isEqualTo("infinite");
    }

    @Test
    void aSpectrumKnowsItsSharesAndItsBulk() {
        TrueSpectrum truth = TrueSpectrum.of(DiagonalOperator.of(0.02, 4, -1, 0, 0.03, 1));

        assertThat(truth.values()).containsExactly(4, 1, 0.03, 0.02, 0, -1);
        assertThat(truth.trace()).isCloseTo(4.05, within(1e-14));
        assertThat(truth.shareOfTrace(2)).isCloseTo(5 / 4.05, within(1e-14));
        assertThat(truth.shareNearZero()).isEqualTo(0.5);
        assertThat(truth.inertia().negative()).isEqualTo(1);
        assertThat(truth.inertia().nearZero()).isEqualTo(1);
    }

    @Test
    void overlapsOfCoordinatePlanes() {
        Eigenpairs first = Lanczos.eigenpairs(DiagonalOperator.of(5, 4, 3, 2, 1, 0), LanczosOptions.top(3));
        Eigenpairs second = Lanczos.eigenpairs(DiagonalOperator.of(5, 0, 4, 3, 1, 2), LanczosOptions.top(3));

        assertThat(Subspaces.overlap(first, first, 3)).isCloseTo(1, within(1e-12));
        // The spaces of coordinates 1, 2 and 1, 3 share one direction of two.
        assertThat(Subspaces.overlap(first, second, 2)).isCloseTo(0.5, within(1e-9));
        assertThat(Subspaces.share(new double[] {3, 0, 0, 4, 0, 0}, first, 2)).isCloseTo(0.36, within(1e-9));
        assertThat(Subspaces.share(new double[6], first, 2)).isZero();
    }

    @Test
    void countsImagesThatTheNetIsUndecidedAbout() {
        SameDiff net = SameDiff.create();
        var input = net.placeHolder("input", DataType.DOUBLE, -1, 2);
        net.placeHolder("label", DataType.DOUBLE, -1, 2);
        net.nn().softmax("probabilities", input, -1);
        // Two even ones with 1/2 each, eight decided ones with next to nothing.
        double[] logits = new double[20];
        for (int row = 2; row < 10; row++) {
            logits[2 * row] = 30;
        }
        Dataset data = Dataset.of(HostArray.copyOf(logits, DataType.DOUBLE, 10, 2), new int[10], 2);

        assertThat(Undecided.of(net, data)).isEqualTo(2);
    }

    @Test
    void flatDirectionsOfDeadPixelsAndOfShiftedLogits() {
        INDArray images = Nd4j.createFromArray(new double[][] {{0, 1, 0}, {0, 0, 0.5}});
        StudyOptions options = new StudyOptions(List.of(4, 7), 1, 0.1, 1, 2, 0, 2, 1, 20, 4, 0);

        assertThat(FlatDirections.of(options, Dataset.of(images))).isEqualTo(new FlatDirections(1, 4, 8));
    }

    @Test
    void writesNumbersForPeople() {
        assertThat(Phrases.below(7.8e-15)).isEqualTo("below 1e-14");
        assertThat(Phrases.below(0)).isEqualTo("0");
        assertThat(List.of(1, 2, 3, 4, 11, 12, 13, 21, 112))
                .extracting(Phrases::ordinal)
                .containsExactly("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th");
        assertThat(Verdicts.relation(9)).isEqualTo("one fewer than there are classes");
        assertThat(Verdicts.relation(12)).isEqualTo("two more than there are classes");
    }

    @Test
    void refusesOptionsThatCannotBe() {
        assertThatThrownBy(() -> new StudyOptions(List.of(), 1, 0.1, 1, 2, 0, 2, 1, 20, 4, 0))
                .hasMessageStartingWith("hidden: expected");
        assertThatThrownBy(() -> new StudyOptions(List.of(4), 0, 0.1, 1, 2, 0, 2, 1, 20, 4, 0))
                .hasMessage("epochs: expected at least 1, got 0");
        assertThatThrownBy(() -> new StudyOptions(List.of(4), 1, 0.1, 1, 1439, 0, 2, 1, 20, 4, 0))
                .hasMessage("rows: expected 2 to 1438, got 1439");
        assertThatThrownBy(() -> new StudyOptions(List.of(4), 1, 0.1, 1, 2, 0, 2, 1, 19, 4, 0))
                .hasMessage("pairs: expected at least 20, got 19");
    }
}

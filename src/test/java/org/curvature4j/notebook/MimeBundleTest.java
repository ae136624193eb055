package org.curvature4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.curvature4j.Hessian;
import org.curvature4j.KinkReport;
import org.curvature4j.Kinks;
import org.curvature4j.TensorFunction;
import org.curvature4j.curvature.GraphObjective;
import org.curvature4j.estimate.Budget;
import org.curvature4j.estimate.Hutchinson;
import org.curvature4j.estimate.XTrace;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.optimize.Method;
import org.curvature4j.optimize.Minimizer;
import org.curvature4j.optimize.MinimizerOptions;
import org.curvature4j.plot.Figure;
import org.curvature4j.spectrum.GeneralSpectrum;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.spectrum.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.xml.sax.InputSource;

class MimeBundleTest {

    private static String html(Object result) {
        return MimeBundle.of(result).get(MimeBundle.HTML);
    }

    private static void requireWellFormed(String fragment) {
        assertThatCode(() -> DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader("<div>" + fragment + "</div>"))))
                .as(fragment)
                .doesNotThrowAnyException();
    }

    @Test
    void aFigureIsAPictureInTwoFormats() throws IOException {
        Figure figure = Samples.figure();

        Map<String, String> bundle = MimeBundle.of(figure);
        BufferedImage png =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(bundle.get(MimeBundle.PNG))));

        assertThat(bundle).containsOnlyKeys(MimeBundle.PNG, MimeBundle.SVG, MimeBundle.TEXT);
        assertThat(png.getWidth()).isEqualTo(figure.width());
        assertThat(png.getHeight()).isEqualTo(figure.height());
        requireWellFormed(bundle.get(MimeBundle.SVG).replaceFirst("<\\?xml[^>]*>", ""));
        assertThat(bundle.get(MimeBundle.SVG)).contains("a &lt; b &amp; ");
    }

    @Test
    void aMatrixIsATable() {
        INDArray matrix = Nd4j.createFromArray(new double[][] {{1, Double.NaN}, {Double.NEGATIVE_INFINITY, 1e-9}});

        assertThat(html(matrix))
                .contains("<caption>double [2, 2]</caption>")
                .contains("<tr><td>1</td><td>NaN</td></tr>\n<tr><td>-Infinity</td><td>1e-9</td></tr>");
        assertThat(html(matrix.transpose())).contains("<tr><td>1</td><td>-Infinity</td></tr>");
        assertThat(MimeBundle.of(matrix).get(MimeBundle.TEXT)).isEqualTo(matrix.toString());
    }

    @Test
    void ofManyRowsTheFirstAndTheLastAreThere() {
        String large = html(Nd4j.arange(400).reshape(20, 20));

        assertThat(large)
                .contains("<tr><td>0</td><td>1</td><td>2</td><td>3</td><td>4</td><td>…</td><td>15</td>")
                .contains("<tr><td>…</td></tr>\n<tr><td>300</td>")
                .contains("<td>399</td></tr>\n</tbody>")
                .doesNotContain("<td>7</td>", "<td>200</td>");
        assertThat(html(Nd4j.arange(11))).contains("<td>5</td>").doesNotContain("…");
    }

    @Test
    void ofABatchTheFirstAndTheLastMatrixAreThere() {
        String batch = html(Nd4j.arange(36).reshape(3, 3, 2, 2));

        assertThat(batch)
                .contains("<caption>float [3, 3, 2, 2] at [0, 0]</caption>", "<td>3</td></tr>")
                .contains("<caption>float [3, 3, 2, 2] at [2, 2]</caption>", "<td>35</td></tr>")
                .doesNotContain("<td>4</td>");
        assertThat(html(Nd4j.arange(4).reshape(1, 2, 2))).containsOnlyOnce("<table>");
    }

    @Test
    void otherTypesAndShapesAreTablesToo() {
        INDArray closed = Nd4j.ones(2);
        closed.close();

        assertThat(html(Nd4j.scalar(7.5))).contains("<caption>double []</caption>", "<td>7.5</td>");
        assertThat(html(Nd4j.createFromArray(Long.MAX_VALUE))).contains("<td>9223372036854775807</td>");
        assertThat(html(Nd4j.createFromArray(true, false))).contains("<td>true</td><td>false</td>");
        assertThat(html(Nd4j.create("<a>"))).contains("<td>&lt;a&gt;</td>");
        assertThat(html(Nd4j.create(DataType.FLOAT, 0, 3))).contains("<caption>float [0, 3]</caption>");
        assertThat(html(closed)).contains("closed");
        assertThat(html(new double[] {1, 2})).contains("<caption>double[2]</caption>", "<td>1</td><td>2</td>");
        assertThat(html(new double[][] {{1}, {2, 3}})).contains("<tr><td>1</td></tr>\n<tr><td>2</td><td>3</td></tr>");
        assertThat(MimeBundle.of(new double[20]).get(MimeBundle.TEXT)).isEqualTo("[0, 0, 0, 0, 0, ..., 0, 0, 0, 0, 0]");
        assertThat(MimeBundle.of(new double[][] {{1}, {2, 3}}).get(MimeBundle.TEXT))
                .isEqualTo("[1]\n[2, 3]");
    }

    @Test
    void anythingElseIsPlainText() {
        assertThat(MimeBundle.of(List.of(1, 2))).isEqualTo(Map.of(MimeBundle.TEXT, "[1, 2]"));
    }

    @Test
    void aSpectrumHasARowForEachEigenvalue() {
        Map<String, String> bundle = MimeBundle.of(Spectrum.of(Nd4j.createFromArray(new double[][] {{2, 0}, {0, -3}})));

        assertThat(bundle.get(MimeBundle.HTML))
                .contains("<tr><td>0</td><td>-3</td></tr>\n<tr><td>1</td><td>2</td></tr>")
                .contains("<caption>2 eigenvalues (float64), from -3 to 2: saddle</caption>")
                .contains("1 positive, 1 negative");
        assertThat(bundle.get(MimeBundle.TEXT)).contains("1 positive, 1 negative");
    }

    static Stream<Object> results() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        sd.math().abs(x).mul(x).mul(x).sum("f", true, 1);
        TensorFunction function = TensorFunction.of(sd, "f", "x");
        INDArray points = RandomPoints.of(1, 20, 2).readRows(0, 20);
        DiagonalOperator operator =
                DiagonalOperator.of(RandomPoints.of(1, 30).readRows(0, 30).toDoubleVector());
        KinkReport kinks;
        try (Kinks counted = Kinks.of(function)) {
            kinks = counted.count(Nd4j.zeros(DataType.DOUBLE, 1, 2));
        }
        try (Hessian hessian = Hessian.of(function);
                GraphObjective objective = GraphObjective.of(function)) {
            return Stream.of(
                    Spectrum.batch(hessian.batch(points)),
                    GeneralSpectrum.of(Nd4j.createFromArray(new double[][] {{0, 1}, {-1, 0}})),
                    Lanczos.eigenpairs(operator, LanczosOptions.top(3)),
                    Minimizer.minimize(Method.NEWTON_CG, objective, new double[] {1, -2}, MinimizerOptions.usual()),
                    Sensitivity.of(hessian.batch(points)),
                    XTrace.trace(operator, Budget.of(10)),
                    Hutchinson.diagonal(operator, Budget.of(10)),
                    kinks);
        }
    }

    @ParameterizedTest
    @MethodSource("results")
    void everyReportIsHtml(Object result) {
        Map<String, String> bundle = MimeBundle.of(result);

        assertThat(bundle).containsOnlyKeys(MimeBundle.HTML, MimeBundle.TEXT);
        requireWellFormed(bundle.get(MimeBundle.HTML));
        assertThat(bundle.get(MimeBundle.HTML)).matches("(?s)<(table|p)>.*[0-9].*");
    }
}

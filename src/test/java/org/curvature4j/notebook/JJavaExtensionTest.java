package org.curvature4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.curvature4j.plot.Figure;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

/** What a cell shows in JJava: its base kernel finds the extension, as its own does, and renders what cells give. */
class JJavaExtensionTest {

    @Test
    void cellsShowFiguresAndTables() {
        try (CellKernel kernel = CellKernel.started()) {
            DisplayData array = kernel.eval(
                    """
                    import org.curvature4j.plot.*;
                    import org.nd4j.linalg.factory.Nd4j;
                    Nd4j.createFromArray(1.5, Double.NaN)""");
            DisplayData figure = kernel.eval("SpectrumPlot.of(new double[] {-1, 2}, 0)");
            DisplayData numbers = kernel.eval("double[] numbers = {1, 2};\nnumbers");

            assertThat(array.getData(MIMEType.TEXT_HTML)).asString().contains("<td>1.5</td><td>NaN</td>");
            assertThat(array.getData(MIMEType.TEXT_PLAIN)).asString().contains("1.5");
            assertThat(array.hasDataForType(MIMEType.IMAGE_PNG)).isFalse();
            assertThat(figure.getData(MIMEType.IMAGE_PNG)).asString().startsWith("iVBORw0KGgo");
            assertThat(figure.hasDataForType(MIMEType.IMAGE_SVG)).isFalse();
            assertThat(figure.getData(MIMEType.TEXT_PLAIN)).asString().startsWith("figure \"Hessian eigenvalues");
            assertThat(numbers.getData(MIMEType.TEXT_PLAIN)).isEqualTo("[1, 2]");
            assertThat(kernel.eval("int n = 3;")).isNull();
        }
    }

    @Test
    void aFormatThatIsAskedForIsTheOnlyOneMade() {
        try (CellKernel kernel = CellKernel.started()) {
            Figure figure = Samples.figure();

            DisplayData svg = kernel.getRenderer().renderAs(figure, "image/svg+xml");
            DisplayData png = kernel.getRenderer().renderAs(figure, "image/png");

            assertThat(svg.getData(MIMEType.IMAGE_SVG)).asString().contains("<svg");
            assertThat(svg.hasDataForType(MIMEType.IMAGE_PNG)).isFalse();
            assertThat(png.hasDataForType(MIMEType.IMAGE_SVG)).isFalse();
            assertThat(MimeBundle.sizeOf(figure)).isEqualTo(Map.of("width", 960, "height", 600));
        }
    }
}

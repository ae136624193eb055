package org.curvature4j.notebook;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.curvature4j.DerivativeReport;
import org.curvature4j.KinkReport;
import org.curvature4j.estimate.DiagonalEstimate;
import org.curvature4j.estimate.Estimate;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.optimize.MinimizerResult;
import org.curvature4j.plot.Figure;
import org.curvature4j.spectrum.GeneralSpectrum;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A result in the formats of notebooks: the same thing by MIME types, of which a front end shows the best that it can.
 * Figures are PNG and SVG, arrays and reports tables of HTML, and everything is plain text. It knows no kernel and no
 * Jupyter.
 */
public final class MimeBundle {
    /** In base64. */
    public static final String PNG = "image/png";

    /** As text. */
    public static final String SVG = "image/svg+xml";

    /** A fragment without styles, text in it escaped. */
    public static final String HTML = "text/html";

    /** What a terminal shows. */
    public static final String TEXT = "text/plain";

    /** By the class or the interface of a result, the formats beside plain text, and what makes them. */
    private static final Map<Class<?>, Map<String, Function<Object, String>>> VIEWS = views();

    private MimeBundle() {}

    private static Map<Class<?>, Map<String, Function<Object, String>>> views() {
        Map<Class<?>, Map<String, Function<Object, String>>> views = new LinkedHashMap<>();
        view(views, Figure.class, PNG, figure -> Base64.getEncoder().encodeToString(figure.png()));
        view(views, Figure.class, SVG, Figure::svg);
        view(views, INDArray.class, HTML, ArrayTable::of);
        view(views, double[].class, HTML, ArrayTable::of);
        view(views, double[][].class, HTML, ArrayTable::of);
        view(views, Spectrum.class, HTML, Tables::of);
        view(views, SpectrumBatch.class, HTML, spectra -> Html.lines(spectra.report()));
        view(views, GeneralSpectrum.class, HTML, Tables::of);
        view(views, Eigenpairs.class, HTML, Tables::of);
        view(views, MinimizerResult.class, HTML, Tables::of);
        view(views, Sensitivity.class, HTML, Tables::of);
        view(views, Estimate.class, HTML, estimate -> Html.lines(estimate.report()));
        view(views, DiagonalEstimate.class, HTML, estimate -> Html.lines(estimate.report()));
        view(views, DerivativeReport.class, HTML, report -> Html.lines(report.toString()));
        view(views, KinkReport.class, HTML, report -> Html.lines(report.words()));
        return views;
    }

    private static <T> void view(
            Map<Class<?>, Map<String, Function<Object, String>>> views,
            Class<T> type,
            String format,
            Function<T, String> view) {
        views.computeIfAbsent(type, none -> new LinkedHashMap<>()).put(format, result -> view.apply(type.cast(result)));
    }

    /**
     * A result in all its formats.
     *
     * @return data by MIME type, plain text last, which is always there
     */
    public static Map<String, String> of(Object result) {
        Map<String, String> bundle = new LinkedHashMap<>();
        lazily(result).forEach((format, data) -> bundle.put(format, data.get()));
        return bundle;
    }

    /** As {@link #of}, made when asked for: a front end may want one of several. */
    static Map<String, Supplier<String>> lazily(Object result) {
        Map<String, Supplier<String>> bundle = new LinkedHashMap<>();
        VIEWS.forEach((type, formats) -> {
            if (type.isInstance(result)) {
                formats.forEach((format, view) -> bundle.put(format, () -> view.apply(result)));
            }
        });
        bundle.put(TEXT, () -> text(result));
        return bundle;
    }

    /** The formats beside plain text, by the class or the interface of a result. */
    static Map<Class<?>, Set<String>> formats() {
        return VIEWS.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().keySet(), (a, b) -> a, LinkedHashMap::new));
    }

    /** The size at which a PNG is shown, which has more pixels than that; a notebook keeps it beside the picture. */
    static Map<String, Integer> sizeOf(Figure figure) {
        return Map.of("width", figure.width() / 2, "height", figure.height() / 2);
    }

    private static String text(Object result) {
        if (result instanceof double[] numbers) {
            return ArrayTable.text(numbers);
        }
        if (result instanceof double[][] rows) {
            return ArrayTable.text(rows);
        }
        if (result instanceof Spectrum spectrum) {
            return spectrum.report();
        }
        return result instanceof SpectrumBatch spectra ? spectra.report() : String.valueOf(result);
    }
}

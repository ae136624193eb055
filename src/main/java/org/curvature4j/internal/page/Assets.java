package org.curvature4j.internal.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The scripts and the style that go into a page; read when a page is made, and not before. */
final class Assets {
    /** Where its webjar has it, of which the build copies this one file; the version is that of the pom. */
    private static final String LIBRARY = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

    /** In the order in which they build upon each other. */
    private static final List<String> SCRIPTS =
            List.of("theme.js", "axes.js", "marks.js", "surface.js", "panel.js", "charts.js", "tables.js", "page.js");

    private Assets() {}

    /** Apache ECharts. */
    static String library() {
        return read(LIBRARY);
    }

    /** What draws the figures and sorts the tables. */
    static String script() {
        return SCRIPTS.stream()
                .map(Assets::read)
                .collect(Collectors.joining("\n", "(() => {\n'use strict';\n", "})();\n"));
    }

    static String style() {
        return read("page.css");
    }

    private static String read(String name) {
        try (InputStream stream = Assets.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + ": expected among the resources of Curvature4j, got none");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

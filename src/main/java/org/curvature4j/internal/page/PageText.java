package org.curvature4j.internal.page;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.curvature4j.internal.io.Fingerprint;

/** Writes one page. */
final class PageText {
    private static final String CHARTS = "charts";
    private static final String RESULTS = "results";

    /** Spaces that set columns apart. */
    private static final Pattern COLUMNS = Pattern.compile("\\S {3,}\\S");

    private final Page page;
    private final StringBuilder body = new StringBuilder();

    PageText(Page page) {
        this.page = page;
    }

    String html() {
        words();
        figures();
        String tables = page.results().isEmpty() ? "" : ResultTables.of(page.results());
        section("numbers", "Numbers", tables.isEmpty() ? "" : "<div class=\"tables\">\n" + tables + "</div>\n");
        origin();
        if (!page.results().isEmpty()) {
            section(
                    "json",
                    "The same for programs",
                    "<details><summary>JSON</summary>" + "<pre id=\"json-text\" tabindex=\"0\"></pre></details>\n");
            body.append(Markup.data(RESULTS, page.results()));
        }
        boolean drawn = !page.charts().isEmpty();
        if (drawn) {
            body.append(Markup.data(CHARTS, page.charts()));
        }
        // The library is there only where something is drawn: most of a page's size.
        List<String> scripts = drawn ? List.of(Assets.library(), Assets.script()) : List.of(Assets.script());
        return head(scripts, Assets.style()) + body + elements(scripts) + "</body>\n</html>\n";
    }

    /** Only these scripts may run, and nothing may be fetched: what slips into the page as markup stays without effect. */
    private String head(List<String> scripts, String style) {
        StringBuilder policy = new StringBuilder("default-src 'none'; style-src");
        policy.append(" '").append(Fingerprint.ofSource(style)).append("'; script-src");
        scripts.forEach(script ->
                policy.append(" '").append(Fingerprint.ofSource(script)).append('\''));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s; base-uri 'none'; form-action 'none'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                """
                .formatted(policy, Markup.text(page.title()), style);
    }

    private static String elements(List<String> scripts) {
        StringBuilder text = new StringBuilder();
        scripts.forEach(script -> text.append("<script>").append(script).append("</script>\n"));
        return text.toString();
    }

    private void words() {
        body.append("<header><h1>").append(Markup.text(page.title())).append("</h1></header>\n<main>\n");
        if (page.words().isEmpty()) {
            return;
        }
        body.append("<section aria-label=\"In words\"><dl class=\"words\">\n");
        for (Page.Words words : page.words()) {
            body.append("<dt>")
                    .append(Markup.text(words.label()))
                    .append("</dt><dd")
                    .append(form(words.text()))
                    .append('>')
                    .append(Markup.text(words.text()))
                    .append("</dd>\n");
        }
        body.append("</dl></section>\n");
    }

    /** Prose stays prose; what is set in columns keeps them. */
    private static String form(String text) {
        if (text.lines().anyMatch(line -> COLUMNS.matcher(line).find())) {
            return " class=\"columns\" tabindex=\"0\"";
        }
        return text.contains("\n") ? " class=\"lines\"" : "";
    }

    private void figures() {
        if (page.charts().isEmpty()) {
            return;
        }
        StringBuilder figures =
                new StringBuilder("<p class=\"hint\">Point at a figure to read its values; the buttons, or Shift and"
                        + " the wheel, zoom; a zoomed one is dragged; entries of a key switch series off.</p>\n");
        for (int i = 0; i < page.charts().size(); i++) {
            figures.append("<figure id=\"figure-").append(i).append("\"></figure>\n");
        }
        figures.append("<noscript><p>The figures need JavaScript; the numbers below don't.</p></noscript>\n");
        section("figures", "Figures", figures.toString());
    }

    private void origin() {
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<String, String> fact : page.origin().entrySet()) {
            rows.append("<dt>")
                    .append(Markup.text(fact.getKey()))
                    .append("</dt><dd>")
                    .append(Markup.text(fact.getValue()))
                    .append("</dd>\n");
        }
        section("origin", "Where this comes from", rows.isEmpty() ? "" : "<dl class=\"origin\">\n" + rows + "</dl>\n");
    }

    private void section(String id, String heading, String content) {
        if (!content.isEmpty()) {
            body.append("<section aria-labelledby=\"")
                    .append(id)
                    .append("\"><h2 id=\"")
                    .append(id)
                    .append("\">")
                    .append(heading)
                    .append("</h2>\n")
                    .append(content)
                    .append("</section>\n");
        }
    }
}

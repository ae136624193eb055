package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A page of documentation that is made from an importer's rules and may not fall behind them. */
public final class RulesPage {
    private static final String WRITE = "docs.write";

    /** A rule, as the page tells of it. */
    public record Row(String name, String family, Smoothness smoothness, String note) {}

    private final StringBuilder text;

    /** A page that begins with a text. */
    public RulesPage(String beginning) {
        this.text = new StringBuilder(beginning);
    }

    /** Adds a table for each family. */
    public RulesPage rules(Collection<Row> rows) {
        Map<String, List<Row>> families = new LinkedHashMap<>();
        rows.forEach(row ->
                families.computeIfAbsent(row.family(), any -> new ArrayList<>()).add(row));
        families.forEach((family, entries) -> {
            text.append("\n## ")
                    .append(Character.toUpperCase(family.charAt(0)))
                    .append(family.substring(1))
                    .append("\n\n| operation | derivative | note |\n| --- | --- | --- |\n");
            entries.forEach(row -> line(row.name(), row.smoothness().label(), row.note()));
        });
        return this;
    }

    /** Adds the table of what is refused, and why. */
    public RulesPage refusals(Map<String, String> reasons) {
        text.append("\n## Refused\n\n| operation | why |\n| --- | --- |\n");
        new TreeMap<>(reasons).forEach((name, reason) -> line(name, reason));
        return this;
    }

    private void line(String name, String... cells) {
        text.append("| `").append(name).append("` |");
        for (String cell : cells) {
            text.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        text.append('\n');
    }

    /** Adds a text. */
    public RulesPage text(String more) {
        text.append(more);
        return this;
    }

    /** Compares with the file, or writes it where that is asked for. */
    public void check(Path page, String test) throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(page, text);
        }
        assertThat(Files.readString(page))
                .as(
                        "%s is out of date; write it anew with ./mvnw test -Dtest=%s -Dtest.jvm.extra=-D%s=true",
                        page, test, WRITE)
                .isEqualTo(text.toString());
    }
}

package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The page of supported operations is made from the import rules, here, and may not fall behind them. */
class OperationsPageTest {
    private static final Path PAGE = Path.of("docs", "operations.md");
    private static final String WRITE = "docs.write";

    @Test
    void thePageSaysWhatTheRulesSay() throws IOException {
        String expected = page(ImportRules.standard());
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/operations.md is out of date; write it anew with"
                        + " ./mvnw test -Dtest=OperationsPageTest -Dtest.jvm.extra=-Ddocs.write=true")
                .isEqualTo(expected);
    }

    private static String page(ImportRules rules) {
        Map<String, List<ImportRules.Entry>> families = new LinkedHashMap<>();
        rules.entries().forEach(entry -> families.computeIfAbsent(entry.family(), any -> new ArrayList<>())
                .add(entry));
        StringBuilder page = new StringBuilder(
                """
                # Supported operations

                What is imported from a SameDiff graph, by ND4J's names of the operations, as `inspect` shows them. Made
                from the rules in `org.curvature4j.samediff` by `OperationsPageTest`, which fails when this page is out of
                date.

                *Smooth* operations have all derivatives on their domain. At *kinks* the derivative follows PyTorch and
                JAX. A *step* has derivative 0 wherever it has one. The last column tells where a value is on purpose not
                the one that ND4J's own kernel gives, or what is assumed.
                """);
        families.forEach((family, entries) -> {
            page.append("\n## ").append(family).append("\n\n| operation | derivative | note |\n| --- | --- | --- |\n");
            entries.forEach(entry -> page.append("| `")
                    .append(entry.op())
                    .append("` | ")
                    .append(entry.smoothness().label())
                    .append(" | ")
                    .append(entry.note().replace("|", "\\|"))
                    .append(" |\n"));
        });
        page.append("\n## Refused\n\n| operation | why |\n| --- | --- |\n");
        new TreeMap<>(rules.refusals()).forEach((op, reason) -> page.append("| `")
                .append(op)
                .append("` | ")
                .append(reason.replace("|", "\\|"))
                .append(" |\n"));
        return page.append(
                        """

                        Any other operation is refused too, by name, unless you register a rule for it: see
                        [the API](api.md).
                        """)
                .toString();
    }
}

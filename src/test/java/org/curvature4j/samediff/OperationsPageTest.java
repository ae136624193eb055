package org.curvature4j.samediff;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of supported operations is made from the import rules, here, and may not fall behind them. */
class OperationsPageTest {

    @Test
    void thePageSaysWhatTheRulesSay() throws IOException {
        ImportRules rules = ImportRules.standard();
        new RulesPage(
                        """
                # Supported operations

                What is imported from a SameDiff graph, by ND4J's names of the operations, as `inspect` shows them. Made
                from the rules in `org.curvature4j.samediff` by `OperationsPageTest`, which fails when this page is out of
                date.

                *Smooth* operations have all derivatives on their domain. At *kinks* the derivative follows PyTorch and
                JAX. A *step* has derivative 0 wherever it has one. The last column tells where a value is on purpose not
                the one that ND4J's own kernel gives, or what is assumed.
                """)
                .rules(rules.entries().stream()
                        .map(entry -> new RulesPage.Row(entry.op(), entry.family(), entry.smoothness(), entry.note()))
                        .toList())
                .refusals(rules.refusals())
                .text(
                        """

                        Any other operation is refused too, by name, unless you register a rule for it: see
                        [the API](api.md).
                        """)
                .check(Path.of("docs", "operations.md"), "OperationsPageTest");
    }
}

package org.curvature4j.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import org.curvature4j.samediff.RulesPage;
import org.junit.jupiter.api.Test;

/** The page of ONNX's operators is made from the rules, here, and may not fall behind them. */
class OnnxPageTest {

    @Test
    void thePageSaysWhatTheRulesSay() throws IOException {
        new RulesPage(
                        """
                # ONNX operators

                What is read from an ONNX model, by the standard's names, in every version of an operator. Made from the
                rules in `org.curvature4j.onnx` by `OnnxPageTest`, which fails when this page is out of date. How models are
                loaded: [onnx.md](onnx.md).

                *Smooth* operators have all derivatives on their domain. At *kinks* the derivative follows PyTorch and JAX.
                A *step* has derivative 0 wherever it has one. The last column tells what is assumed.
                """)
                .rules(OnnxRules.entries().values().stream()
                        .sorted(Comparator.comparing(OnnxRules.Entry::family).thenComparing(OnnxRules.Entry::operator))
                        .map(entry ->
                                new RulesPage.Row(entry.operator(), entry.family(), entry.smoothness(), entry.note()))
                        .toList())
                .refusals(OnnxRules.refusals())
                .check(Path.of("docs", "onnx-operators.md"), "OnnxPageTest");
    }
}

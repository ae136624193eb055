package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import org.curvature4j.internal.gpu.Assembler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Has NVIDIA's assembler, where there is one, take the kernels for spectra: by registers, and by rows beyond order 12. */
class SpectrumAssemblyTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 6, 12, 13, 32})
    void assembles(int order) throws Exception {
        Assembler assembler = Assembler.orSkip();
        for (int target : assembler.known(Assembler.TARGETS)) {
            Assembler.Report report = assembler.assemble(SpectrumCode.text(order), target);
            System.out.println("spectra of order " + order + ": " + report);
            assertThat(report.registers()).isPositive();
            // The largest matrix in registers fills them.
            assertThat(report.spilledBytes()).isLessThanOrEqualTo(order == 12 ? 16 : 0);
        }
    }
}

package org.curvature4j.internal.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {
    @Test
    void isCalledAsTheLauncherWas() {
        assertThat(Program.called(Map.of())).isEqualTo("curvature");
        assertThat(Program.called(Map.of(Program.TOLD, ""))).isEqualTo("curvature");
        assertThat(Program.called(Map.of(Program.TOLD, "./scripts/curvature"))).isEqualTo("./scripts/curvature");
    }
}

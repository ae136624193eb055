package org.curvature4j.internal.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {

    @Test
    void thoseOfThisPlatformAreThere() {
        assertThat(NativeLibraries.missing(Loader.getPlatform())).isEmpty();
        assertThat(NativeLibraries.problem()).isEmpty();
    }

    @Test
    void othersAreNamedAsAProjectNamesThem() {
        List<String> missing = NativeLibraries.missing("plan9-mips");

        assertThat(missing)
                .containsExactly(
                        "org.nd4j:nd4j-native:" + Versions.of("org.nd4j", "nd4j-native") + ":plan9-mips",
                        "org.bytedeco:openblas:" + Versions.of("org.bytedeco", "openblas") + ":plan9-mips",
                        "org.bytedeco:javacpp:" + Versions.of("org.bytedeco", "javacpp") + ":plan9-mips");
        assertThat(String.join(" ", missing)).doesNotContain("unknown");
    }
}

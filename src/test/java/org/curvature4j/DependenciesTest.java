package org.curvature4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes along and what doesn't: each library that is kept out, and that nothing here calls what would need it. */
@AnalyzeClasses(packages = "org.curvature4j", importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {
    private static final String CHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oshi.SystemInfo",
                "com.sun.jna.platform.win32.Kernel32",
                "org.threeten.bp.LocalDate",
                "org.apache.commons.net.util.Base64",
                "org.apache.commons.compress.archivers.tar.TarArchiveInputStream",
                "org.apache.commons.codec.binary.Base64",
                "org.apache.commons.logging.LogFactory",
                "org.apache.pdfbox.pdmodel.PDDocument",
                "de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D",
                "com.madgag.gif.fmsware.AnimatedGifEncoder"
            })
    void staysOut(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }

    /** Pages take one file of its webjar, whose other 46 MB of forms and maps no consumer gets. */
    @Test
    void bringsTheChartLibraryInOneFile() throws IOException, GeneralSecurityException {
        try (InputStream in = getClass().getResourceAsStream(CHARTS)) {
            byte[] library = Objects.requireNonNull(in, CHARTS).readAllBytes();
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(library)))
                    .isEqualTo("42f8329d989b6f6539dd2b15bbdf0d82025762ac112fbb60dc57b27d7bcf3946");
        }
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern(
                        "<artifactId>echarts</artifactId>\\s*<version>[^<]*</version>\\s*<scope>provided</scope>");
    }

    @ArchTest
    static final ArchRule NOTHING_CALLS_WHAT_NEEDS_THEM = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "org\\.nd4j\\.(systeminfo\\.SystemInfo|serde\\.base64\\.Nd4jBase64|common\\.util\\.ArchiveUtils"
                            + "|imports\\.tensorflow\\.TensorFlowImportValidator)"
                            + "|org\\.knowm\\.xchart\\.(GifEncoder|PdfboxGraphicsEncoder|SwingWrapper|XChartPanel)");

    /** Newer than ND4J's own, whose LAPACK is wrong on some processors. */
    @ParameterizedTest
    @ValueSource(strings = {"javacpp", "openblas"})
    void bringsTheNativeLibrariesThatAreRight(String artifact) throws IOException {
        Properties pom = new Properties();
        try (InputStream in =
                getClass().getResourceAsStream("/META-INF/maven/org.bytedeco/" + artifact + "/pom.properties")) {
            pom.load(in);
        }
        assertThat(pom.getProperty("version")).matches(version -> !version.contains("1.5.7"), "newer than ND4J's own");
    }
}

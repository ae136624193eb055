package org.curvature4j.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenBlasTest {
    @ParameterizedTest
    @CsvSource({
        "OpenBLAS 0.3.19, SkylakeX, true",
        "OpenBLAS 0.3.19, SKYLAKEX, true",
        "OpenBLAS 0.3.19, Cooperlake, true",
        "OpenBLAS 0.3.10, SkylakeX, true",
        "OpenBLAS 0.2.20, SkylakeX, true",
        "OpenBLAS 0.3.19, Haswell, false",
        "OpenBLAS 0.3.19, Zen, false",
        "OpenBLAS 0.3.20, SkylakeX, false",
        "OpenBLAS 0.3.31, Cooperlake, false",
        "OpenBLAS 1.0.0, SkylakeX, false",
        "another, SkylakeX, false"
    })
    void versionsAndKernelsKnownToBeWrongAreRefused(String version, String core, boolean wrong) {
        List<MappedBlas> copies = List.of(
                new MappedBlas("/lib/libopenblas.so.0", "OpenBLAS 0.3.31", "SkylakeX"),
                new MappedBlas("/lib/libopenblas_nolapack.so.0", version, core));
        if (wrong) {
            assertThatThrownBy(() -> OpenBlas.requireRight(copies))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("got " + version + ", " + core + " kernels (libopenblas_nolapack.so.0)")
                    .hasMessageContaining("OPENBLAS_CORETYPE=HASWELL");
        } else {
            assertThatCode(() -> OpenBlas.requireRight(copies)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.3.19-1.5.7, linux-x86_64, 2, , false, true",
        "0.3.19-1.5.7, windows-x86_64, 3, , false, true",
        "0.3.31-1.5.13, linux-x86_64, 3, , false, false",
        "unknown, linux-x86_64, 3, , false, false",
        "0.3.19-1.5.7, linux-arm64, 3, , false, false",
        "0.3.19-1.5.7, linux-x86_64, 1, , false, false",
        "0.3.19-1.5.7, linux-x86_64, 3, SkylakeX, false, false",
        "0.3.19-1.5.7, linux-x86_64, 3, , true, false"
    })
    void aRightCoreIsAskedForBeforeAnOldLibraryLoads(
            String version, String platform, int level, String asked, boolean loaded, boolean set) {
        assertThat(new CoreChoice(version, platform, level, asked, loaded).mustBeSet())
                .isEqualTo(set);
    }

    @Test
    void theCopiesHereTellVersionAndKernels() {
        OpenBlas.requireRight();

        assertThat(MappedBlas.all()).allSatisfy(copy -> {
            assertThat(copy.version()).startsWith("OpenBLAS ");
            assertThat(copy.core()).isNotBlank();
        });
    }

    @Test
    void productsOfALibraryHereAreExact() {
        assertThat(ProductTest.run()).hasSize(8).allSatisfy((product, error) -> assertThat(error)
                .isZero());
    }

    @Test
    void aProductThatIsWrongIsRefused() {
        Products right = new Products.Native();
        Map<String, Double> errors = ProductTest.run(new Products() {
            @Override
            public void multiply(int m, int k, int n, double[] a, double[] b, double[] c) {
                right.multiply(m, k, n, a, b, c);
                c[m * n - 1] += m == 256 ? 1 : 0;
            }

            @Override
            public void multiply(int m, int k, int n, float[] a, float[] b, float[] c) {
                right.multiply(m, k, n, a, b, c);
            }

            @Override
            public void triangular(boolean inverse, int n, double[] t, double[] b) {
                right.triangular(inverse, n, t, b);
            }

            @Override
            public void triangular(boolean inverse, int n, float[] t, float[] b) {
                right.triangular(inverse, n, t, b);
                b[0] = inverse ? b[0] : Float.NaN;
            }
        });

        assertThat(errors.get("dgemm 256x784x512")).isPositive();
        assertThat(errors.get("strmm 8")).isNaN();
        assertThat(errors.values().stream().filter(error -> error == 0)).hasSize(6);
        assertThatThrownBy(() -> ProductTest.requireRight(errors))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got strmm 8 off by NaN");
    }
}

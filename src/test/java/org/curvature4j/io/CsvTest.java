package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.curvature4j.internal.random.StandardNormal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class CsvTest {
    @TempDir
    private Path folder;

    private Csv.Table read(String text) throws IOException {
        return Csv.read(Files.writeString(folder.resolve("t.csv"), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,-2.5,3e2\n.5,0,-0\n",
                "1;-2.5;3e2\n.5;0;-0",
                "1\t-2.5\t3e2\r\n.5\t0\t-0\r\n",
                "  1   -2.5 3e2\n .5 0   -0  \n\n",
                "\ufeff1, -2.5, +3E+02\n# a remark, not data\n\n.5, 0., -0.0",
                "\"1\",\"-2.5\",300\n\".5\",0,\"-0\"",
            })
    void formsOfTheSameTable(String text) throws IOException {
        Csv.Table table = read(text);

        assertThat(table.columns()).isEmpty();
        assertThat(table.values().dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(table.values().shape()).isEqualTo(new long[] {2, 3});
        assertThat(table.values().dup().reshape(6).toDoubleVector()).containsExactly(1, -2.5, 300, 0.5, 0, -0.0);
    }

    @Test
    void columnNames() throws IOException {
        Csv.Table table = read("# made by hand; of 3, \"numbers\"\nx,\"y, \"\"old;\"\"\",z 1\n1,2,3\n");

        assertThat(table.columns()).containsExactly("x", "y, \"old;\"", "z 1");
        assertThat(table.values().shape()).isEqualTo(new long[] {1, 3});
    }

    @ParameterizedTest
    @ValueSource(strings = {"größe,重み,%", "x1,2nd,", "'x1',a,b", "x,y,\"two\nlines\"", "\ufeff\"a\",b,c"})
    void namesOfAllKinds(String names) throws IOException {
        Csv.Table table = read(names + "\r\n1,2,3\r\n");

        assertThat(table.columns()).hasSize(3);
        assertThat(table.values().dup().reshape(3).toDoubleVector()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,5;2,5",
                "1.234,5;x",
                "1'000;2'000",
                "1 2;3 4",
                "0x10;0x1f",
                "1e3d;1d5",
                "1,5e3;2,1",
                "50%;60%",
                "2024-01-01;2024-01-02",
                "1_000;2_000",
                "\u0661;\u0662",
                "\u22121.5;\u22122.5",
                "1/2;3/4",
                "$1;$2"
            })
    void numbersInAnotherNotationAreNoNames(String first) {
        assertThatThrownBy(() -> read(first + "\n1;1\n"))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("line 1, column 1: expected a number or a name, got '")
                .hasMessageContaining("' (");
    }

    @Test
    void nanAndInfinities() throws IOException {
        assertThat(read("nan,NaN,inf,-Inf,Infinity,-infinity,+inf,1\n").values().toDoubleVector())
                .containsExactly(
                        Double.NaN,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
            'x,y\\n1,2\\n3,oops'     | line 3, column 2 (y): expected a number, got 'oops'
            '1,2\\n3,'               | line 2, column 2: expected a number, got nothing
            'x,2\\n'                 | line 1, column 1: expected a number, got 'x' (a line of column names has no numbers)
            '1,2\\n0x10,1'           | line 2, column 1: expected a number, got '0x10' (numbers are written as in -1.5e3)
            '1,2\\n1,2d'             | line 2, column 2: expected a number, got '2d' (numbers are written as in -1.5e3)
            '1,2\\n1,1_000'          | line 2, column 2: expected a number, got '1_000' (numbers are written as in -1.5e3)
            '1,2\\n1,1e'             | line 2, column 2: expected a number, got '1e'
            '1,2\\n1,1.2.3'          | line 2, column 2: expected a number, got '1.2.3' (numbers are written as in -1.5e3)
            '1;2\\n1;1,5'            | line 2, column 2: expected a number, got '1,5' (write decimal points, not commas)
            '1,2\\n\\n1,2,3'         | line 3: expected 2 cells as in the first line, got 3
            '1 2\\n1'                | line 2: expected 2 cells as in the first line, got 1
            '1,"2'                   | line 1: expected the end of a quoted cell in the same line
            '1,5;2,5'                | line 1, column 1: expected a number or a name, got '1,5' (write decimal points, not commas)
            '1,5;2,5\\n3;4'          | line 1, column 1: expected a number or a name, got '1,5' (write decimal points, not commas)
            '1, "2"'                 | line 1, column 2: expected a number, got '"2"' (no space before a quote)
            'x, "y"\\n1,2'           | line 1, column 2: expected a number or a name, got '"y"' (no space before a quote)
            'x,y\\n'                 | expected rows of numbers below the names of the columns, got none
            '# nothing\\n'           | expected a table of numbers, got no lines
            """)
    void problemsAreLocated(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve("t.csv") + ": " + message);
    }

    /** Java's reader of numbers passes over them. */
    @ParameterizedTest
    @ValueSource(chars = {0, 1, 8, 14, 27})
    void controlCharactersAreNoPartOfANumber(char control) {
        for (String cell : List.of(control + "3", "3" + control)) {
            assertThatThrownBy(() -> read("1,2\n1," + cell))
                    .isInstanceOf(DataFileException.class)
                    .hasMessageContaining("line 2, column 2: expected a number, got '");
        }
    }

    @Test
    void binaryFilesAreRefusedInPrintableWords() throws IOException {
        byte[] bytes = new byte[5000];
        new Random(5).nextBytes(bytes);
        Path file = Files.write(folder.resolve("t.csv"), bytes);

        assertThatThrownBy(() -> Csv.read(file))
                .isInstanceOf(DataFileException.class)
                .message()
                .matches("[^\\p{Cntrl}]+")
                .hasSizeLessThan(300);
    }

    @Test
    void missingFile() {
        assertThatThrownBy(() -> Csv.read(folder.resolve("none.csv")))
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve("none.csv") + ": can't be read: no such file");
    }

    @Test
    void manyRowsComeBackExactly() throws IOException {
        double[] values = new double[30_000];
        StandardNormal.fill(9, 0, values, 0, values.length);
        String text = IntStream.range(0, 10_000)
                .mapToObj(i -> values[3 * i] + "," + values[3 * i + 1] + "," + values[3 * i + 2])
                .collect(Collectors.joining("\n"));

        assertThat(read(text).values().reshape(30_000).toDoubleVector()).isEqualTo(values);
    }
}

package org.curvature4j.internal.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.io.AtomicFile;
import org.curvature4j.internal.io.Claim;
import org.curvature4j.io.DataFileException;
import org.curvature4j.plot.Figure;
import org.curvature4j.stream.Progress;

/**
 * Trains a net on the digits, measures the Hessian of its loss before and after, and along the way, and writes the findings
 * up in a folder: Markdown with figures. On one machine the same options make the same bytes.
 */
public final class Study {
    /** The folder of the committed write-up, seen from the repository. */
    public static final Path DEFAULT_FOLDER = Path.of("docs", "hessian-of-digits");

    private final StudyOptions options;
    private final TrainedNet net;
    private final List<EpochCurvature> course;
    private final Findings start;
    private final Findings end;
    private final List<SeedCheck> seeds;

    private Study(
            StudyOptions options,
            TrainedNet net,
            List<EpochCurvature> course,
            Findings start,
            Findings end,
            List<SeedCheck> seeds) {
        this.options = options;
        this.net = net;
        this.course = List.copyOf(course);
        this.start = start;
        this.end = end;
        this.seeds = List.copyOf(seeds);
    }

    /** How much progress hears of in all. */
    public static long stages(StudyOptions options) {
        return options.epochs()
                + TrainedNet.watched(options).size()
                - 2
                + 2L * Findings.STAGES
                + (long) options.others() * (options.epochs() + SeedCheck.STAGES);
    }

    /**
     * Trains and measures; a minute or two for the committed options.
     *
     * @param progress hears of {@link #stages} steps
     * @throws IllegalArgumentException if the options aren't possible
     */
    public static Study of(StudyOptions options, Progress progress) {
        TrainedNet net = TrainedNet.of(options, progress);
        List<Findings> ends = new ArrayList<>();
        List<EpochCurvature> course = new ArrayList<>();
        for (TrainedNet.Stop stop : net.stops()) {
            int epoch = stop.epoch().number();
            if (epoch == 0 || epoch == options.epochs()) {
                Findings findings = Findings.of(stop, options, progress);
                ends.add(findings);
                course.add(findings.curvature());
            } else {
                course.add(EpochCurvature.of(stop, options));
                progress.advance(1);
            }
        }
        List<SeedCheck> seeds = new ArrayList<>();
        seeds.add(SeedCheck.of(options.seed(), ends.get(0), course));
        for (int other = 1; other <= options.others(); other++) {
            seeds.add(SeedCheck.of(options.seed(options.seed() + other), progress));
        }
        return new Study(options, net, course, ends.get(0), ends.get(1), seeds);
    }

    /**
     * Writes README.md and the figures; files of other names in the folder stay as they are.
     *
     * @return what was written
     * @throws DataFileException if something can't be, or another run is writing it
     * @throws IllegalStateException if Java finds no font
     */
    @SuppressWarnings("try") // held, not used
    public List<Path> write(Path folder) {
        try (Claim claim = Claim.ofFolder(folder)) {
            List<Path> written = new ArrayList<>();
            Path writeUp = folder.resolve("README.md");
            written.add(writeUp);
            figures().forEach((name, figure) -> {
                Path file = folder.resolve(name + ".png");
                figure.save(file);
                written.add(file);
            });
            AtomicFile.writeText(writeUp, WriteUp.of(this));
            return List.copyOf(written);
        }
    }

    /** The figures, by the names of their files without an ending. */
    public Map<String, Figure> figures() {
        return StudyFigures.of(start, end, options);
    }

    /** What the study is of. */
    public StudyOptions options() {
        return options;
    }

    /** The findings for people, each with a label of a word or two. */
    public Map<String, String> lines() {
        return StudySummary.lines(this);
    }

    /** The findings for machines: numbers, and maps of these, by name. */
    public Map<String, Object> fields() {
        return StudySummary.fields(this);
    }

    TrainedNet net() {
        return net;
    }

    List<EpochCurvature> course() {
        return course;
    }

    Findings start() {
        return start;
    }

    Findings end() {
        return end;
    }

    /** This seed's and those of the others. */
    List<SeedCheck> seeds() {
        return seeds;
    }
}

package org.curvature4j.internal.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.curvature4j.internal.text.Numbers;

/** Sentences that say one thing or another, as the numbers have it. */
final class Verdicts {
    private static final int CLASSES = StudyOptions.CLASSES;
    private static final int BELOW = CLASSES - 1;

    private static final String PLACES = BELOW + ", " + CLASSES + " or " + (CLASSES + 1);

    /** Shares and overlaps beyond which a sentence says "mostly". */
    private static final double MOST = 0.5;

    private final Findings start;
    private final Findings end;
    private final List<EpochCurvature> course;
    private final List<SeedCheck> seeds;

    private Verdicts(Study study) {
        start = study.start();
        end = study.end();
        course = study.course();
        seeds = study.seeds();
    }

    static Map<String, String> of(Study study) {
        Verdicts verdicts = new Verdicts(study);
        Map<String, String> sentences = new LinkedHashMap<>();
        sentences.put("rest-sentence", verdicts.rest());
        sentences.put("undecided-sentence", verdicts.undecided());
        sentences.put("products-sentence", verdicts.products());
        sentences.put("agree-bulk", verdicts.bulk());
        sentences.put("agree-count", verdicts.number());
        sentences.put("agree-gauss-newton", verdicts.gaussNewton());
        sentences.put("agree-appear", verdicts.appear());
        sentences.put("agree-gradient", verdicts.gradient());
        return sentences;
    }

    /** A number of outliers beside that of classes. */
    static String relation(int outliers) {
        int difference = outliers - CLASSES;
        return difference == 0
                ? "as many as there are classes"
                : Phrases.word(Math.abs(difference)) + (difference < 0 ? " fewer" : " more")
                        + " than there are classes";
    }

    /** Whether the largest gap lies where the number of classes, one being lost to the shift of logits, lets expect it. */
    private static boolean isNear(Gaps gaps) {
        return Math.abs(gaps.outliers() - CLASSES) <= 1;
    }

    private String ofSeeds(Function<SeedCheck, Gaps> gaps) {
        long near = seeds.stream().filter(seed -> isNear(gaps.apply(seed))).count();
        return Numbers.grouped(near) + " of " + seeds.size() + " seeds";
    }

    private String rest() {
        GaussNewtonComparison comparison = start.gaussNewton();
        String ends =
                "H - G, whose eigenvalues reach from " + Numbers.significant(comparison.restSmallest(), 3) + " to "
                        + Numbers.significant(comparison.restLargest(), 3) + " at the start and from "
                        + Numbers.significant(end.gaussNewton().restSmallest(), 2) + " to "
                        + Numbers.significant(end.gaussNewton().restLargest(), 2) + " after training";
        return comparison.gaps().after(BELOW) > start.curvature().gaps().after(BELOW)
                ? "what narrows it is " + ends + "."
                : "what widens it is " + ends + ".";
    }

    private String undecided() {
        int before = course.get(0).undecided();
        int after = course.get(course.size() - 1).undecided();
        String counts =
                Numbers.grouped(before) + " images at the start and " + Numbers.grouped(after) + " after training";
        if (after < MOST * before
                && start.curvature().gaps().outliers() == BELOW
                && end.curvature().gaps().outliers() != BELOW) {
            return "A reason for its fading that these numbers allow, and don't prove: fewer images curve the loss, "
                    + counts + ", so that the means over classes that Papyan traces outliers to are means of few.";
        }
        return "Undecided are " + counts + ".";
    }

    private String products() {
        int density = start.density().products();
        int dense = start.truth().values().length;
        return density < dense
                ? ", the density " + Numbers.grouped(density)
                        + ": for a net of this size an estimate saves little, for one of millions it is all there is"
                : ", the density " + Numbers.grouped(density)
                        + ": for so small a net the truth costs less than the estimate";
    }

    private String bulk() {
        boolean both = start.truth().shareNearZero() > MOST && end.truth().shareNearZero() > MOST;
        return (both ? "seen, at the start and after training. " : "not seen at both points. ")
                + "Within 1 % of the largest eigenvalue lie "
                + Numbers.percent(start.truth().shareNearZero()) + " and "
                + Numbers.percent(end.truth().shareNearZero()) + " of all, and the first " + BELOW + " make up "
                + Numbers.percent(start.truth().shareOfTrace(BELOW)) + " and "
                + Numbers.percent(end.truth().shareOfTrace(BELOW)) + " of the trace.";
    }

    private String number() {
        long near = course.stream().filter(each -> isNear(each.gaps())).count();
        Gaps last = end.curvature().gaps();
        String verdict = near == course.size() ? "seen: " : near == 0 ? "not seen: " : "seen in part: ";
        return verdict + "the largest gap lies after " + PLACES + " eigenvalues at " + Numbers.grouped(near)
                + " of the "
                + course.size() + " epochs looked at; after epoch "
                + seeds.get(0).early().epoch().number() + " for "
                + ofSeeds(seed -> seed.early().gaps())
                + ", at the end for " + ofSeeds(seed -> seed.end().gaps()) + ". At the end it lies after "
                + last.outliers() + " here, with a ratio of " + Numbers.significant(last.largest(), 3)
                + "; the ratio after " + BELOW + " is " + Numbers.significant(last.after(BELOW), 3) + ".";
    }

    private String gaussNewton() {
        boolean both =
                start.gaussNewton().overlapBelow() > MOST && end.gaussNewton().overlapBelow() > MOST;
        return (both ? "seen: " : "not seen at both points: ") + "overlap "
                + Numbers.significant(start.gaussNewton().overlapBelow(), 3) + " and "
                + Numbers.significant(end.gaussNewton().overlapBelow(), 3) + " of the first " + BELOW
                + " directions of H and G.";
    }

    private String appear() {
        long near = seeds.stream().filter(seed -> isNear(seed.start().gaps())).count();
        String verdict = near == 0
                ? "not contradicted: "
                : near == seeds.size()
                        ? "different here, as they are there before the first step: "
                        : "different here in part, as with some seeds they are there before the first step: ";
        return verdict + "at the start the largest gap lies after " + PLACES + " eigenvalues for "
                + ofSeeds(seed -> seed.start().gaps()) + " in H and for " + ofSeeds(SeedCheck::ofGaussNewton)
                + " in G. With the seed of this page the largest eigenvalue goes from "
                + Numbers.significant(start.truth().largest(), 3) + " to "
                + Numbers.significant(end.truth().largest(), 3) + ".";
    }

    private String gradient() {
        double before = start.curvature().gradientShare();
        double after = end.curvature().gradientShare();
        return (after > MOST && after > before ? "seen: " : "not seen: ") + "the share of the gradient in the first "
                + BELOW + " directions goes from " + Numbers.percent(before) + " at the start to "
                + Numbers.percent(after)
                + " after training.";
    }
}

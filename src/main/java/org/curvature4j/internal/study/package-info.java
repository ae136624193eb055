/**
 * A study of the Hessian's spectrum of a small net on the digits, at the start and after training, beside what papers
 * found of large ones; measured, drawn and written up ({@link org.curvature4j.internal.study.Study}).
 *
 * <p>A class measures and gives a record of numbers; its prose is a Markdown file among the resources, with places for
 * the results.
 */
@NullMarked
package org.curvature4j.internal.study;

import org.jspecify.annotations.NullMarked;

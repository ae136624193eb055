/**
 * What results show in JShell and in notebooks. {@link org.curvature4j.notebook.MimeBundle} knows no kernel; one class here
 * hands its formats to a kernel, {@link org.curvature4j.notebook.JJavaExtension}, and it alone loads the kernel's classes,
 * which the kernel brings. Nothing below knows of this package.
 */
@NullMarked
package org.curvature4j.notebook;

import org.jspecify.annotations.NullMarked;

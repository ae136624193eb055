package org.curvature4j.study;
import java.util.Map;
final class WriteUp { private WriteUp(){} static String of(Study study){ return StudySummary.fields(study).toString(); } }

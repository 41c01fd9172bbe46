/** The report: a page with the latest verdicts and their explanations. */
@NullMarked
package io.hangupby.example.contactcenter.report;

import org.jspecify.annotations.NullMarked;

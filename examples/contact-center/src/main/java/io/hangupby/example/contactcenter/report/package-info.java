/** The report: the latest verdicts as a page, and why each was given. */
@NullMarked
package io.hangupby.example.contactcenter.report;

import org.jspecify.annotations.NullMarked;

package io.hangupby.internal.journal.jdbc;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.hangupby.call.Marker;
import io.hangupby.call.ReservationSid;
import java.util.Optional;

/** A marker in the form in which it is stored. Immutable. */
record StoredMarker(String kind, Optional<ReservationSid> reservation) {
    private static final String NONE = "none";
    private static final String BARE = "bare";
    private static final String NAMED = "named";
    private static final String UNCLEAR = "unclear";

    static final class FromMarker extends StdConverter<Marker, StoredMarker> {
        @Override
        public StoredMarker convert(Marker marker) {
            return new StoredMarker(kind(marker), marker.reservation());
        }

        private static String kind(Marker marker) {
            if (!marker.isSet()) {
                return NONE;
            }
            if (marker.isUnclear()) {
                return UNCLEAR;
            }
            return marker.isBare() ? BARE : NAMED;
        }
    }

    static final class ToMarker extends StdConverter<StoredMarker, Marker> {
        @Override
        public Marker convert(StoredMarker stored) {
            return switch (stored.kind) {
                case NONE -> Marker.NONE;
                case BARE -> Marker.BARE;
                case NAMED -> Marker.of(stored.reservation.orElseThrow());
                case UNCLEAR -> Marker.unclear(stored.reservation.orElseThrow());
                default -> throw new IllegalArgumentException("no marker is stored as " + stored.kind);
            };
        }
    }
}

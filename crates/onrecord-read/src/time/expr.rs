//! What a time expression says, before it is held against a date. Must not know of texts.

use super::calendar::Part;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// As the table of units calls it.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "night" => Self::Night,
            "week" => Self::Week,
            "fortnight" => Self::Fortnight,
            "weekend" => Self::Weekend,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "half" => Self::Half,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "millennium" => Self::Millennium,
            _ => return None,
        })
    }
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// So many halves.
    Halves(i64),
    /// "Several", "a few", nothing said.
    Vague,
}

impl Amount {
    pub(super) fn whole(n: i64) -> Self {
        Self::Halves(n.saturating_mul(2))
    }

    /// TIMEX3's value of that many units.
    pub(super) fn of(self, unit: Unit) -> String {
        let (t, letter, times) = match unit {
            Unit::Second => ("T", "S", 1),
            Unit::Minute => ("T", "M", 1),
            Unit::Hour => ("T", "H", 1),
            Unit::Day | Unit::Night => ("", "D", 1),
            Unit::Week => ("", "W", 1),
            Unit::Fortnight => ("", "W", 2),
            Unit::Weekend => ("", "WE", 1),
            Unit::Month => ("", "M", 1),
            Unit::Quarter => ("", "Q", 1),
            Unit::Half => ("", "M", 6),
            Unit::Year => ("", "Y", 1),
            Unit::Decade => ("", "Y", 10),
            Unit::Century => ("", "Y", 100),
            Unit::Millennium => ("", "Y", 1000),
        };
        match (self, unit) {
            (Self::Vague, Unit::Decade) => "PXDE".into(),
            (Self::Vague, Unit::Century) => "PXCE".into(),
            (Self::Vague, Unit::Millennium) => "PXML".into(),
            (Self::Vague, _) => format!("P{t}X{letter}"),
            (Self::Halves(h), _) => {
                let halves = h.saturating_mul(times);
                let n = halves / 2;
                // the half in the next smaller unit, where that is a whole number
                match (halves % 2, unit, n) {
                    (0, ..) => format!("P{t}{n}{letter}"),
                    (_, Unit::Year, 0) => "P6M".into(),
                    (_, Unit::Year, _) => format!("P{n}Y6M"),
                    (_, Unit::Hour, 0) => "PT30M".into(),
                    (_, Unit::Hour, _) => format!("PT{n}H30M"),
                    (_, Unit::Minute, 0) => "PT30S".into(),
                    (_, Unit::Day, 0) => "PT12H".into(),
                    _ => format!("P{t}{n}.5{letter}"),
                }
            }
        }
    }
}

/// Which of the ones that come round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Not said.
    Near,
    Last,
    This,
    Next,
}

/// A year as far as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Given(i16),
    /// So many years from the anchor's.
    Off(i64),
    Which(Which),
}

/// What a shift counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The publication.
    Now,
    /// What the text last spoke of.
    There,
}

/// A time of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: Option<i8>,
}

/// What a time expression says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Day {
        year: Year,
        month: i8,
        day: i8,
    },
    Weekday(i8, Which),
    Month(Year, i8),
    Quarter(Year, i8),
    Half(Year, i8),
    Season(Year, &'static str),
    Year(Year),
    Decade(i16),
    Century(i16),
    /// So many units from there, as finely as the unit; no number where it is vague.
    Shift {
        by: Option<i64>,
        unit: Unit,
        from: From,
    },
    /// The stretch that the text last spoke of, in another year; as finely as the unit, where there is one.
    Yearly {
        year: Year,
        unit: Option<Unit>,
    },
    /// The one of that unit that the text last spoke of.
    Same(Unit),
    /// TIMEX3's `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
    Vague(&'static str),
    /// TIMEX3's value.
    Duration(String),
    /// TIMEX3's value.
    Set(String),
    Clock(Clock, Option<Box<Expr>>),
    /// A part of the day by TIMEX3's code.
    PartOfDay(&'static str, Option<Box<Expr>>),
    /// A part of a stretch.
    Of(Part, Box<Expr>),
}

impl Expr {
    /// Does it name a day?
    pub(super) fn is_day(&self) -> bool {
        matches!(
            self,
            Self::Day { .. }
                | Self::Weekday(..)
                | Self::Same(Unit::Day)
                | Self::Shift { unit: Unit::Day, .. }
        )
    }
}

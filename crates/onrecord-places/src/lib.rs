//! A gazetteer: names of countries, divisions, cities, waters and regions, with their points. Must not know of texts,
//! mentions, files or the network; which of several namesakes is meant is for the caller to say.
//!
//! The table ships inside the program and is searched in place: nothing is decoded beforehand, nothing is kept in
//! memory.
//!
//! ```
//! let paris = onrecord_places::named("Paris");
//! assert!(paris.iter().any(|p| p.place.country() == Some("FR") && p.place.people() > 1_000_000));
//! ```

mod fold;
mod table;

pub use fold::fold;
pub use table::{Feature, Match, PlaceIx, Record, by_country, named, named_folded, place};

/// Kilometres between two points in degrees north and east, on a sphere.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let [(lat1, lon1), (lat2, lon2)] = [a, b].map(|p| (p.0.to_radians(), p.1.to_radians()));
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let h = half(lat2 - lat1) + lat1.cos() * lat2.cos() * half(lon2 - lon1);
    2.0 * 6371.0 * h.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let d = kilometres((48.8566, 2.3522), (51.5074, -0.1278));
        assert!((d - 343.6).abs() < 1.0, "{d}");
        assert!(kilometres((10.0, 179.5), (10.0, -179.5)) < 120.0);
    }
}

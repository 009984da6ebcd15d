//! What does the clock of a time zone say?
//!
//! The list of zones has the seconds by which the clocks of each are ahead of UTC, and all changes
//! up to 2100. A text per zone is smaller than tables by far. Cost: the list is read once, in some
//! milliseconds; then a binary search for each moment.

use crate::batch::Static;
use crate::hash::Map;

/// A time zone.
#[derive(Debug, PartialEq, Eq)]
pub struct Zone {
    /// The seconds ahead of UTC before the first change.
    first: i32,
    /// The moments of changes, in seconds since 1970 and ascending, and the seconds ahead of UTC
    /// from then on.
    changes: Vec<(i64, i32)>,
}

static ZONES: Static<(Vec<Zone>, Map<&'static str, usize>)> = Static::new(|| {
    let (mut zones, mut numbers) = (Vec::new(), Map::default());
    for line in include_str!("../data/zones.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split('|');
        let names = parts.next().unwrap_or_default().split(' ');
        numbers.extend(names.map(|name| (name, zones.len())));
        let first = parts.next().and_then(|first| first.parse().ok()).unwrap_or_default();
        let mut moment = 0_i64;
        let changes = parts.next().unwrap_or_default().split(' ').filter_map(|change| {
            let (since, ahead) = change.split_once(':')?;
            moment += since.parse::<i64>().ok()?;
            Some((moment, ahead.parse().ok()?))
        });
        zones.push(Zone { first, changes: changes.collect() });
    }
    (zones, numbers)
});

impl Zone {
    /// The zone of a name such as `Europe/Paris`; `None` if nobody knows it.
    pub fn named(name: &str) -> Option<&'static Self> {
        let (zones, numbers) = &*ZONES;
        zones.get(*numbers.get(name)?)
    }

    /// The seconds by which the clocks of the zone are ahead of UTC at a moment, in seconds since
    /// 1970.
    pub fn ahead(&self, moment: i64) -> i32 {
        let before = self.changes.partition_point(|&(change, _)| change <= moment);
        before.checked_sub(1).map_or(self.first, |last| self.changes[last].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JANUARY_2019: i64 = 1_546_300_800;
    const JULY_2019: i64 = 1_561_939_200;

    #[test]
    fn clocks_are_ahead_by_what_the_law_of_the_day_says() {
        for (name, moment, ahead) in [
            ("Europe/Paris", JANUARY_2019, 3600),
            ("Europe/Paris", JULY_2019, 7200),
            ("Europe/London", JANUARY_2019, 0),
            ("America/New_York", JULY_2019, -4 * 3600),
            ("US/Eastern", JULY_2019, -4 * 3600),
            ("Asia/Kolkata", JULY_2019, 19_800),
            ("UTC", JULY_2019, 0),
            // The last second before clocks are set, and the first one after.
            ("Europe/Paris", 1_553_993_999, 3600),
            ("Europe/Paris", 1_553_994_000, 7200),
            // The law of today holds in 2099, and the sun set the clocks of 1850.
            ("Europe/Paris", 4_086_979_200, 7200),
            ("Europe/Paris", -3_786_825_600, 561),
        ] {
            assert_eq!(Zone::named(name).map(|zone| zone.ahead(moment)), Some(ahead), "{name} {moment}");
        }
        assert_eq!(Zone::named("Europe/Lisboa"), None);
    }

    #[test]
    fn the_list_is_read_to_the_end_of_each_line() {
        let (zones, numbers) = &*ZONES;
        assert!(zones.len() > 300 && numbers.len() > 500);
        for line in include_str!("../data/zones.txt").lines().filter(|line| !line.starts_with('#')) {
            let name = line.split([' ', '|']).next().unwrap_or_default();
            let zone = Zone::named(name).expect("every zone has a name");
            assert_eq!(zone.changes.len(), line.matches(':').count(), "{name}");
            assert!(zone.changes.is_sorted(), "{name}");
        }
    }
}

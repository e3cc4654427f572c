//! Marks put in order: which may stand, and how they lie within each other.
use super::span::{Kind, Span, Style};

/// Marks by what the server lets them do, each list in order and without overlaps.
///
/// Styles lie over everything but code, and may be cut. Quotes are not within each other. All
/// others hold no quote and none of each other.
///
/// See <https://core.telegram.org/bots/api#formatting-options>.
pub(super) struct Layers<'t> {
    pub(super) quotes: Vec<Span<'t>>,
    pub(super) solids: Vec<Span<'t>>,
    /// The places of each of [`Style::ALL`].
    pub(super) styles: [Vec<(usize, usize)>; 5],
    /// What stood in the way of another.
    pub(super) refused: Vec<Span<'t>>,
}

impl<'t> Layers<'t> {
    /// Marks put in order. Most texts have theirs in a row, and then nothing has to be done.
    pub(super) fn order(spans: Vec<Span<'t>>) -> Vec<Span<'t>> {
        match Self::are_in_a_row(&spans) {
            true => spans,
            false => Self::new(spans).into_spans(),
        }
    }

    /// Whether marks are in order, and none has anything to do with another.
    pub(super) fn are_in_a_row(spans: &[Span<'_>]) -> bool {
        spans.windows(2).all(|pair| {
            let [one, other] = pair else { return true };
            one.end < other.start || one.end == other.start && one.kind != other.kind
        })
    }

    /// Sorts marks, of which none is empty.
    pub(super) fn new(spans: Vec<Span<'t>>) -> Self {
        let mut layers = Self {
            quotes: Vec::new(),
            solids: Vec::new(),
            styles: Default::default(),
            refused: Vec::new(),
        };
        for span in spans {
            match span.kind {
                Kind::Style(style) => layers.styles[style as usize].push((span.start, span.end)),
                Kind::Quote { .. } => layers.quotes.push(span),
                _ => layers.solids.push(span),
            }
        }
        layers.quotes.sort_by_key(Span::order);
        layers.solids.sort_by_key(Span::order);
        for places in &mut layers.styles {
            unite(places);
        }
        let mut end = 0;
        layers.keep_quotes(|quote| {
            let keeps = quote.start >= end;
            end = if keeps { quote.end } else { end };
            keeps
        });
        let quotes = std::mem::take(&mut layers.quotes);
        let (mut end, mut next) = (0, 0);
        layers.keep_solids(|solid| {
            while quotes
                .get(next)
                .is_some_and(|quote| quote.end <= solid.start)
            {
                next += 1;
            }
            let fits = solid.start >= end && !quotes.get(next).is_some_and(|q| crosses(q, solid));
            end = if fits { solid.end } else { end };
            fits
        });
        layers.quotes = quotes;
        layers
    }

    /// Keeps some quotes, and refuses the others.
    pub(super) fn keep_quotes(&mut self, keeps: impl FnMut(&Span<'_>) -> bool) {
        keep(&mut self.quotes, &mut self.refused, keeps);
    }

    /// Keeps some of what is neither a quote nor a style, and refuses the others.
    pub(super) fn keep_solids(&mut self, keeps: impl FnMut(&Span<'_>) -> bool) {
        keep(&mut self.solids, &mut self.refused, keeps);
    }

    /// Refuses each style in some of its places, which are found by what all of them are.
    pub(super) fn refuse_styles(
        &mut self,
        holes: impl Fn(Style, &[(usize, usize)]) -> Vec<(usize, usize)>,
    ) {
        self.cut_around_code();
        for style in Style::ALL {
            let places = &mut self.styles[style as usize];
            let holes = holes(style, places);
            let kind = Kind::Style(style);
            let refused = subtract(places, &holes)
                .into_iter()
                .map(|(start, end)| Span {
                    start,
                    end,
                    kind: kind.clone(),
                });
            self.refused.extend(refused);
        }
    }

    /// Cuts the styles in two at a unit.
    pub(super) fn cut_styles(&mut self, unit: usize) {
        for places in &mut self.styles {
            let cut = places
                .iter()
                .position(|(start, end)| *start < unit && unit < *end);
            if let Some(cut) = cut {
                let (start, end) = places[cut];
                places.splice(cut..=cut, [(start, unit), (unit, end)]);
            }
        }
    }

    /// Nothing is marked in code.
    fn cut_around_code(&mut self) {
        let code: Vec<_> = (self.solids.iter())
            .filter(|solid| solid.kind.is_code())
            .map(|solid| (solid.start, solid.end))
            .collect();
        for places in &mut self.styles {
            subtract(places, &code);
        }
    }

    /// All marks in order, so that of two one contains the other or they have nothing in common:
    /// styles are cut where they would cross something.
    pub(super) fn into_spans(mut self) -> Vec<Span<'t>> {
        self.cut_around_code();
        let mut items = self.quotes;
        items.append(&mut self.solids);
        for style in Style::ALL {
            let places = self.styles[style as usize].iter();
            items.extend(places.map(|&(start, end)| Span {
                start,
                end,
                kind: Kind::Style(style),
            }));
        }
        items.sort_by_key(Span::order);
        nest(items)
    }
}

/// Whether two have something in common, and the second is not within the first.
fn crosses(quote: &Span<'_>, solid: &Span<'_>) -> bool {
    quote.start < solid.end && !(quote.start <= solid.start && solid.end <= quote.end)
}

fn keep<'t>(
    spans: &mut Vec<Span<'t>>,
    refused: &mut Vec<Span<'t>>,
    keeps: impl FnMut(&Span<'_>) -> bool,
) {
    let mut keeps = keeps;
    refused.extend(spans.extract_if(.., |span| !keeps(span)));
}

/// Sorts places, and makes one of those that touch.
fn unite(places: &mut Vec<(usize, usize)>) {
    places.sort_unstable();
    places.dedup_by(|next, last| {
        let touches = next.0 <= last.1;
        if touches {
            last.1 = last.1.max(next.1);
        }
        touches
    });
}

/// Takes one list of places from another, and gives what both had.
fn subtract(places: &mut Vec<(usize, usize)>, away: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut both = Vec::new();
    if away.is_empty() || places.is_empty() {
        return both;
    }
    let mut left = Vec::with_capacity(places.len());
    let mut first = 0;
    for &(mut start, end) in places.iter() {
        while away.get(first).is_some_and(|hole| hole.1 <= start) {
            first += 1;
        }
        for &(from, to) in away[first..].iter().take_while(|hole| hole.0 < end) {
            if start < from {
                left.push((start, from));
            }
            both.push((start.max(from), end.min(to)));
            start = to;
        }
        if start < end {
            left.push((start, end));
        }
    }
    *places = left;
    both
}

/// Cuts styles where they cross something. The spans are in order, and only styles do cross.
fn nest(items: Vec<Span<'_>>) -> Vec<Span<'_>> {
    let mut nest = Nest {
        open: Vec::new(),
        done: Vec::with_capacity(items.len()),
        is_in_order: true,
    };
    for item in items {
        nest.close_to(item.start);
        nest.open(item);
    }
    nest.close_to(usize::MAX);
    let mut done = nest.done;
    if !nest.is_in_order {
        done.sort_by_key(Span::order);
    }
    done
}

/// What is open within each other at one place of a text. At most each style, a quote and one
/// more, so looking through it costs nothing.
struct Nest<'t> {
    open: Vec<Span<'t>>,
    done: Vec<Span<'t>>,
    is_in_order: bool,
}

impl<'t> Nest<'t> {
    /// Ends what ends up to a place. What lies above it is cut, and goes on behind.
    fn close_to(&mut self, place: usize) {
        while let Some(end) = self.open.iter().map(|span| span.end).min() {
            if end > place {
                break;
            }
            // Mostly the last one ends, and nothing has to be cut for it.
            if let Some(last) = self.open.pop_if(|last| last.end == end) {
                self.put(last);
                continue;
            }
            let lowest = self.open.iter().position(|span| span.end == end);
            self.cut(lowest.unwrap_or(0), end);
            self.open.retain(|span| span.end > end);
            self.arrange(end);
        }
    }

    /// Begins a span, cutting those styles that end within it.
    fn open(&mut self, item: Span<'t>) {
        let is_style = |span: &Span<'_>| matches!(span.kind, Kind::Style(_));
        let at = item.start;
        if !is_style(&item) {
            let crosses = |span: &Span<'_>| is_style(span) && span.end < item.end;
            let lowest = self.open.iter().position(crosses);
            self.cut(lowest.unwrap_or(self.open.len()), at);
        }
        self.open.push(item);
        self.arrange(at);
    }

    /// Puts down what there is of some spans, which begin anew at a place.
    fn cut(&mut self, lowest: usize, at: usize) {
        for index in lowest..self.open.len() {
            let span = &mut self.open[index];
            if span.start < at {
                let done = Span {
                    end: at,
                    ..span.clone()
                };
                span.start = at;
                self.put(done);
            }
        }
    }

    fn put(&mut self, span: Span<'t>) {
        let last = self.done.last();
        self.is_in_order &= last.is_none_or(|last| last.order() <= span.order());
        self.done.push(span);
    }

    /// What begins at the same place lies within each other in order: so fewest have to be cut.
    fn arrange(&mut self, at: usize) {
        let first = self.open.iter().rposition(|span| span.start < at);
        self.open[first.map_or(0, |first| first + 1)..].sort_by_key(Span::order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize, kind: Kind<'static>) -> Span<'static> {
        Span { start, end, kind }
    }

    fn style(start: usize, end: usize, style: Style) -> Span<'static> {
        span(start, end, Kind::Style(style))
    }

    fn link(start: usize, end: usize) -> Span<'static> {
        span(start, end, Kind::Link("http://h/".into()))
    }

    #[test]
    fn styles_that_cross_are_cut() {
        let spans = vec![style(2, 5, Style::Italic), style(0, 3, Style::Bold)];
        let expected = [
            style(0, 3, Style::Bold),
            style(2, 3, Style::Italic),
            style(3, 5, Style::Italic),
        ];
        assert_eq!(Layers::new(spans).into_spans(), expected);
    }

    #[test]
    fn a_style_is_cut_where_a_link_begins_or_ends() {
        let spans = vec![
            link(1, 3),
            style(0, 2, Style::Bold),
            style(2, 9, Style::Strike),
        ];
        let expected = [
            style(0, 1, Style::Bold),
            link(1, 3),
            style(1, 2, Style::Bold),
            style(2, 3, Style::Strike),
            style(3, 9, Style::Strike),
        ];
        assert_eq!(Layers::new(spans).into_spans(), expected);
    }

    #[test]
    fn nothing_is_marked_in_code() {
        let spans = vec![span(2, 4, Kind::Code), style(0, 9, Style::Bold)];
        let expected = [
            style(0, 2, Style::Bold),
            span(2, 4, Kind::Code),
            style(4, 9, Style::Bold),
        ];
        assert_eq!(Layers::new(spans).into_spans(), expected);
    }

    #[test]
    fn what_is_in_the_way_is_refused() {
        let quote = |start, end| span(start, end, Kind::Quote { collapsed: false });
        let layers = Layers::new(vec![
            quote(0, 10),
            quote(5, 12),
            link(2, 4),
            link(3, 6),
            link(8, 11),
            link(20, 21),
        ]);
        assert_eq!(layers.refused, [quote(5, 12), link(3, 6), link(8, 11)]);
        assert_eq!(
            layers.into_spans(),
            [quote(0, 10), link(2, 4), link(20, 21)]
        );
    }

    #[test]
    fn of_the_same_place_the_kind_decides() {
        let expected = [
            span(0, 3, Kind::Quote { collapsed: true }),
            link(0, 3),
            style(0, 3, Style::Bold),
            style(0, 3, Style::Spoiler),
        ];
        let mut spans = expected.to_vec();
        spans.reverse();
        assert_eq!(Layers::new(spans).into_spans(), expected);
    }

    #[test]
    fn taking_away_gives_what_both_had() {
        let mut places = vec![(0, 4), (6, 10)];
        assert_eq!(
            subtract(&mut places, &[(2, 7), (8, 9)]),
            [(2, 4), (6, 7), (8, 9)]
        );
        assert_eq!(places, [(0, 2), (7, 8), (9, 10)]);
    }
}

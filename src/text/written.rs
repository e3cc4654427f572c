//! A text with its marks, written in one of the forms.
use super::layers::Layers;
use super::normal::read;
use super::span::{Kind, Span};
use super::units::Walk;
use crate::tl::enums::MessageEntity;

/// A text with its marks, written as HTML or Markdown, and what of the marks could not be written.
///
/// See [`FormattedText::to_html`](super::FormattedText::to_html).
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct Written {
    /// What was written.
    pub text: String,
    /// What the form cannot express: the text of it is there, without the mark. What the server
    /// finds by itself is not listed, for it will find it again.
    pub left_out: Vec<MessageEntity>,
}

/// How one form writes a text piece by piece.
pub(super) trait Form<'t> {
    fn open(&mut self, span: &Span<'t>);
    /// Writes a part of the text, behind which the walk has come. It is never empty.
    fn text(&mut self, run: &str, end: &Walk<'_>);
    fn close(&mut self, span: &Span<'t>);
}

/// Marks to be written, and those that are not.
pub(super) fn layers<'t>(
    text: &str,
    entities: &'t [MessageEntity],
) -> (Layers<'t>, Vec<MessageEntity>) {
    let (spans, foreign) = read(text, entities);
    (Layers::new(spans), foreign)
}

/// Marks to be written, in order, where a form takes all styles and quotes; and those that it does
/// not take.
pub(super) fn spans<'t>(
    text: &str,
    entities: &'t [MessageEntity],
    takes: impl Fn(&Kind<'_>) -> bool,
) -> (Vec<Span<'t>>, Vec<MessageEntity>) {
    let (mut spans, mut foreign) = read(text, entities);
    if Layers::are_in_a_row(&spans) {
        let refused = spans.extract_if(.., |span| !span.kind.is_free() && !takes(&span.kind));
        foreign.extend(refused.map(Span::entity));
        return (spans, foreign);
    }
    let mut layers = Layers::new(spans);
    layers.keep_solids(|solid| takes(&solid.kind));
    let left_out = left_out(&mut layers, foreign);
    (layers.into_spans(), left_out)
}

/// Lists what was refused behind what was foreign.
pub(super) fn left_out(layers: &mut Layers<'_>, foreign: Vec<MessageEntity>) -> Vec<MessageEntity> {
    let refused = std::mem::take(&mut layers.refused);
    let refused = refused.into_iter().map(Span::entity);
    foreign.into_iter().chain(refused).collect()
}

/// Has a form write a text. The spans are in order, and none crosses another.
pub(super) fn write<'t>(text: &str, spans: &[Span<'t>], form: &mut impl Form<'t>) {
    let mut walk = Walk::new(text);
    let mut open: Vec<&Span<'t>> = Vec::new();
    for span in spans {
        while let Some(last) = open.pop_if(|last| last.end <= span.start) {
            run_to(&mut walk, last.end, form);
            form.close(last);
        }
        run_to(&mut walk, span.start, form);
        form.open(span);
        open.push(span);
    }
    while let Some(last) = open.pop() {
        run_to(&mut walk, last.end, form);
        form.close(last);
    }
    run_to(&mut walk, usize::MAX, form);
}

fn run_to<'t>(walk: &mut Walk<'_>, unit: usize, form: &mut impl Form<'t>) {
    let run = walk.to(unit);
    if !run.is_empty() {
        form.text(run, walk);
    }
}

//! A graph of statistics.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::tl::enums::{self, StatsGraph};
use crate::tl::functions::stats::LoadAsyncGraph;

/// A graph of statistics, as JSON: the columns, of which the first says when, and how they are to
/// be drawn.
///
/// See <https://core.telegram.org/api/stats>.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Graph {
    /// What is drawn, as JSON.
    pub json: String,
    /// What a closer look at one of its days is asked for with.
    pub zoom_token: Option<String>,
}

impl Client {
    /// A graph of statistics that the data centre has drawn already, or draws now that it is asked.
    /// [`ChatStats`](crate::ChatStats) knows which data centre that is.
    pub(super) fn load_graph(&self, graph: &StatsGraph, dc: i32, x: Option<i64>) -> Result<Graph> {
        let loaded = match graph {
            StatsGraph::Async(later) => {
                let request = LoadAsyncGraph {
                    token: later.token.clone(),
                    x,
                };
                &self.ask_on_dc(dc, &request, self.begin_for::<LoadAsyncGraph>()?)?
            }
            drawn => drawn,
        };
        match loaded {
            StatsGraph::Graph(it) => {
                let enums::DataJson::Json(json) = &it.json;
                Ok(Graph {
                    json: json.data.clone(),
                    zoom_token: it.zoom_token.clone(),
                })
            }
            _ => Err(Error::Unexpected(
                "there is not enough to draw this graph of yet",
            )),
        }
    }
}

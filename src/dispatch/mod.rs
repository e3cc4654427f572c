//! Programs that listen: filters, dispatcher, middleware, states and conversations.
mod lanes;
mod lent;
mod pool;
